// The strings of a source that can be cited: sentences of the idea, statements of artifacts. Each knows its place.

import type { SourceName } from '../../core/artifacts/artifact-type.ts';
import type { Cite } from '../../core/artifacts/claim.ts';
import { UNKNOWN } from '../../core/artifacts/claim.ts';
import type { Json } from '../../core/json.ts';
import { readable, type Sentence, splitSentences } from './sentences.ts';
import { spoken, words } from './terms.ts';

export interface Passage {
  readonly text: string;
  readonly cite: Cite;
  /** What stands above it: headings of the idea, or the names of the fields it is in. */
  readonly label: string;
}

/** Fields whose strings are marks of the machine, never statements. */
const NOT_STATEMENTS = new Set(['id', 'source', 'pointer', 'path', 'mermaid', 'command', 'sha256', 'purl', 'reason']);
const TITLE_LABEL = 'title name called';
const OPENING_LABEL = 'introduction';

/** Passages of a source's content at or below a JSON pointer, in document order. */
export function passagesOf(source: SourceName, content: Json, under = ''): Passage[] {
  const passages: Passage[] = [];
  collect(content, '', [], passages, source, under);
  return passages;
}

function collect(
  value: Json,
  pointer: string,
  names: readonly string[],
  into: Passage[],
  source: SourceName,
  under: string,
) {
  if (typeof value === 'string') {
    if (pointer === under || pointer.startsWith(`${under}/`) || under === '')
      into.push(...split(source, pointer, value, names));
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(item, `${pointer}/${index}`, names, into, source, under);
    });
  } else if (value !== null && typeof value === 'object') {
    const isClaim = typeof value.text === 'string' && Array.isArray(value.cites);
    for (const [key, member] of Object.entries(value)) {
      if (NOT_STATEMENTS.has(key) || (isClaim && key === 'cites')) continue;
      const named = isClaim ? names : [...names, spoken(key)];
      collect(member, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, named, into, source, under);
    }
  }
}

function labelOf(sentence: Sentence): string {
  if (sentence.kind === 'title') return TITLE_LABEL;
  return sentence.headings.length === 0 ? OPENING_LABEL : sentence.headings.join(' ');
}

function split(source: SourceName, pointer: string, value: string, names: readonly string[]): Passage[] {
  if (source === 'Idea') {
    return splitSentences(value).map((sentence) => ({
      text: sentence.text,
      cite: { source, pointer, start: sentence.start, end: sentence.end },
      label: labelOf(sentence),
    }));
  }
  const label = names.join(' ');
  const isStatement = pointer.endsWith('/text') ? value !== UNKNOWN : words(value).length >= 3;
  if (!isStatement || value.includes('\n')) return [];
  // A statement of an artifact is one passage, whole: it was a sentence when it was drafted.
  return [{ text: readable(value), cite: { source, pointer, start: 0, end: value.length }, label }];
}
