// What one story adds to the project: its rules, in a file of its own, and a test for each of its acceptance lines that
// has something to check. Two stories never write the same file, but for a rule that both need, whose text is the same.

import type { SourceFile } from '../../../core/artifacts/source-code.ts';
import type { UserStory } from '../../../core/artifacts/user-stories.ts';
import { file, quoted } from '../files.ts';
import { storyTestPath } from '../test-cases.ts';
import { checkBody } from './check-body.ts';
import { type Check, type Ground, type LineReading, readLine } from './checks.ts';
import { RULE_FILES } from './rule-source.ts';
import type { RuleCheck } from './rules.ts';

export interface StoryFiles {
  readonly files: readonly SourceFile[];
  /** For each acceptance line, what its test checks and what of it is not built. */
  readonly lines: readonly (LineReading & { readonly id: string })[];
}

export function storyFiles(story: Pick<UserStory, 'id' | 'want' | 'acceptance'>, ground: Ground): StoryFiles {
  const lines = story.acceptance.map(({ text }, at) => ({
    id: `${story.id}.A${at + 1}`,
    text,
    ...readLine(text, ground),
  }));
  const rules = onceEach(lines.flatMap(({ checks }) => checks.filter(isRule)));
  const tested = lines.filter(({ checks }) => checks.length > 0);
  return {
    lines: lines.map(({ id, checks, open }) => ({ id, checks, open })),
    files: [
      ...rules.map(({ kind }) => file(`src/rules/${kind}.ts`, RULE_FILES[kind].trimEnd().split('\n'), [story.id])),
      ...(rules.length === 0 ? [] : [file(`src/stories/${story.id}.ts`, rulesFile(story, rules), [story.id])]),
      ...(tested.length === 0 ? [] : [file(storyTestPath(story.id), testFile(story, tested), [story.id])]),
    ].filter(({ path }, at, all) => all.findIndex((other) => other.path === path) === at),
  };
}

const isRule = (check: Check): check is RuleCheck => Object.hasOwn(RULE_FILES, check.kind);

function onceEach(rules: readonly RuleCheck[]): RuleCheck[] {
  return rules.filter((rule, at) => rules.findIndex((other) => call(other, '') === call(rule, '')) === at);
}

const comment = (text: string): string => `// ${text.replace(/\s+/g, ' ')}`;

function rulesFile({ id, want }: Pick<UserStory, 'id' | 'want'>, rules: readonly RuleCheck[]): string[] {
  const names = [...new Set(rules.map(({ kind }) => kind))].sort();
  return [
    comment(`${id}: ${want.text}`),
    '',
    "import type { Rule } from '../rule.ts';",
    ...names.map((kind) => `import { ${functionName(kind)} } from '../rules/${kind}.ts';`),
    '',
    'export const rules: readonly Rule[] = [',
    ...rules.map((rule) => `  ${call(rule, id)},`),
    '];',
  ];
}

function call(rule: RuleCheck, story: string): string {
  const { name } = rule.entity;
  const own = {
    'max-days': () => ('days' in rule ? [rule.start, rule.end, rule.days] : []),
    'no-overlap': () => (rule.kind === 'no-overlap' ? [rule.of, rule.start, rule.end] : []),
    'remove-until': () => (rule.kind === 'remove-until' ? [rule.start, rule.daysBefore] : []),
    'only-once': () => (rule.kind === 'only-once' ? [rule.of] : []),
  }[rule.kind]();
  const given = [story, name, ...own].map((value) => (typeof value === 'number' ? String(value) : quoted(value)));
  return `${functionName(rule.kind)}(${given.join(', ')})`;
}

function functionName(kind: RuleCheck['kind']): string {
  return kind.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function testFile(
  story: Pick<UserStory, 'id' | 'want'>,
  lines: readonly (LineReading & { readonly id: string; readonly text: string })[],
): string[] {
  const tests = lines.flatMap(({ id, text, checks, open }) => [
    '',
    ...open.map((part) => comment(`Not checked, for it is not built: ${part}`)),
    `test(${quoted(`${id} ${text.replace(/\s+/g, ' ')}`)}, () => {`,
    ...checks.flatMap((check) => ['  {', ...checkBody(check).map((line) => `    ${line}`), '  }']),
    '});',
  ]);
  const helpers = ['sampleOf', 'service'].filter((name) => tests.some((line) => line.includes(`${name}(`)));
  return [
    comment(`${story.id}: ${story.want.text}`),
    '',
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    "import { loadRules } from '../../src/stories.ts';",
    `import { ${helpers.join(', ')} } from '../service.ts';`,
    '',
    'const rules = await loadRules();',
    ...tests,
  ];
}
