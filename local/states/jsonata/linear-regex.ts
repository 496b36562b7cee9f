// A regular expression that cannot backtrack, in the shape JSONata asks of its RegexEngine: exec and lastIndex.

import { RE2JS } from 're2js';

export class LinearRegex {
  readonly source: string;
  lastIndex = 0;
  readonly #pattern: RE2JS;

  /** @throws when RE2 has no such syntax: back-references and look-around */
  constructor(expression: { source: string; flags: string }) {
    this.source = expression.source;
    let flags = 0;
    if (expression.flags.includes('i')) flags |= RE2JS.CASE_INSENSITIVE;
    if (expression.flags.includes('m')) flags |= RE2JS.MULTILINE;
    this.#pattern = RE2JS.compile(expression.source, flags);
  }

  exec(text: string): (string[] & { index: number }) | null {
    const matcher = this.#pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const groups: string[] = [];
    for (let i = 0; i <= matcher.groupCount(); i++) groups.push((matcher.group(i) ?? undefined) as string);
    this.lastIndex = matcher.end();
    return Object.assign(groups, { index: matcher.start() });
  }
}
