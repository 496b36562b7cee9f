import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_TEXT_LENGTH } from '../../../core/pipeline/read-yaml.ts';
import { broken, problemsOf, sound } from './fixture.ts';

describe('a file that is not plain YAML', () => {
  it.each([
    ['is empty', '', 'yaml-syntax', '1:1'],
    ['holds only a comment', '# nothing\n', 'yaml-syntax', '1:1'],
    ['is a word', 'pipeline', 'wrong-type', '1:1'],
    ['is a list', '- a\n- b\n', 'wrong-type', '1:1'],
    ['repeats a key', broken('title: A', 'name: small\ntitle: A'), 'duplicate-key', '4:1'],
    ['repeats a key further in', broken('{grounding: 1}', '{grounding: 1, grounding: 1}'), 'duplicate-key', '28:31'],
    ['indents by tabs', broken('    agents: [intake]', '\tagents: [intake]'), 'tab', '11:1'],
    ['leaves a bracket open', broken('agents: [intake]', 'agents: [intake'), 'yaml-syntax', '12:5'],
    ['has an anchor', broken('[PRD, UserStories]', '&made [PRD, UserStories]'), 'plain-yaml', '20:18'],
    ['has two documents', `${sound}---\nname: other\n`, 'yaml-syntax', '33:1'],
    ['has a tag', broken('name: small', 'name: !secret small'), 'yaml-syntax', '2:7'],
    ['has bytes that are no text', '\u0000\u0001\u0002{', 'wrong-type', '1:1'],
  ])('%s', (_, text, rule, place) => {
    const found = problemsOf(text).map((problem) => `${problem.rule} ${problem.line}:${problem.column}`);
    expect(found).toContain(`${rule} ${place}`);
  });

  it('is not read further when it is not YAML: what the parser made of the rest says nothing', () => {
    const problems = problemsOf(broken('title: A small', 'title: "A small'));
    expect([...new Set(problems.map(({ rule }) => rule))]).toEqual(['yaml-syntax']);
  });

  it('is refused before an alias can grow', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      const [name, previous] = ['abcdefghijkl'[level], 'abcdefghijkl'[level - 1]];
      lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${previous}`).join(', ')}]`);
    }
    const problems = problemsOf(lines.join('\n'));
    expect(problems.filter(({ rule }) => rule === 'plain-yaml').length).toBeGreaterThan(12);
  });

  it('is refused when it is too long or nested too deeply', () => {
    expect(problemsOf('#'.repeat(MAX_TEXT_LENGTH + 1)).map(({ rule }) => rule)).toEqual(['file-size']);
    for (const text of ['['.repeat(200_000), `${'['.repeat(9000)}${']'.repeat(9000)}`, '- '.repeat(9000)]) {
      expect(problemsOf(text).map(({ message }) => message)).toEqual(['the file is nested too deeply']);
    }
  });

  it('is read in one pass, however many keys it has', () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `key${index}: 1`).join('\n');
    const problems = problemsOf(`${text}\nkey7: 1`);
    expect(problems.filter(({ rule }) => rule === 'unknown-key')).toHaveLength(60_000);
    expect(problems.filter(({ rule }) => rule === 'duplicate-key').map(({ line, path }) => [line, path])).toEqual([
      [60_001, 'key7'],
    ]);
  });

  it('never makes the loader throw, whatever is cut out of it or put into it', () => {
    const scrap = fc.constantFrom(
      '',
      '\t',
      '\n',
      '  ',
      ':',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '&a ',
      '*a',
      '!!',
      '#',
      '0',
      '|',
      '>',
      '\u0000',
    );
    const cut = fc.tuple(fc.nat(sound.length), fc.nat(12), scrap);
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 6 }), (cuts) => {
        const text = cuts.reduce((all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length), sound);
        const lines = text.split('\n').length;
        const problems = problemsOf(text);
        expect(problems.filter(({ line, column }) => line < 1 || line > lines || column < 1)).toEqual([]);
        expect(problems).toEqual(problems.toSorted((a, b) => a.line - b.line || a.column - b.column));
      }),
      { numRuns: 300 },
    );
  });

  it('still tells what else is wrong when a key is repeated', () => {
    const text = broken('title: A', 'name: small\ntitle: A').replace('agents: [intake]', 'agents: [nobody]');
    expect(problemsOf(text).map(({ rule }) => rule)).toEqual(['duplicate-key', 'unknown-agent']);
  });
});
