import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readable, splitSentences } from '../../../agents/text/sentences.ts';

describe('splitting into sentences', () => {
  it('knows title, headings, items and wrapped lines', () => {
    const text =
      '# Name\n\nOne line\nwrapped. Two!\n\n## Limits\n\n- first item\n  goes on\n- [ ] second\n1. third\n\n### Deep\n\nLast.';
    expect(splitSentences(text).map(({ text, kind, headings }) => [text, kind, headings.join('/')])).toEqual([
      ['Name', 'title', ''],
      ['One line wrapped.', 'prose', ''],
      ['Two!', 'prose', ''],
      ['first item goes on', 'item', 'Limits'],
      ['second', 'item', 'Limits'],
      ['third', 'item', 'Limits'],
      ['Last.', 'prose', 'Limits/Deep'],
    ]);
  });

  it('ends a heading where one of its level begins', () => {
    const headings = splitSentences('## A\n\none.\n\n### B\n\ntwo.\n\n## C\n\nthree.').map(({ headings }) => headings);
    expect(headings).toEqual([['A'], ['A', 'B'], ['C']]);
  });

  it('does not end a sentence at an abbreviation', () => {
    expect(splitSentences('Dr. Hill runs it, e.g. at night. It works.').map(({ text }) => text)).toEqual([
      'Dr. Hill runs it, e.g. at night.',
      'It works.',
    ]);
  });

  it('leaves out what has no letter and no digit', () => {
    expect(splitSentences('---\n\n|---|---|\n\n```\n\n***\n\n!!!')).toEqual([]);
  });

  it('gives spans in order, without overlap, that read as the sentence', () => {
    const piece = fc.constantFrom(
      '# ',
      '## ',
      '- ',
      '\n',
      '\n\n',
      '\r\n',
      '. ',
      '? ',
      'word',
      '**',
      '`x`',
      '  ',
      '🦉',
      'é',
      '1. ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const sentence of splitSentences(text)) {
          expect(sentence.start).toBeGreaterThanOrEqual(last);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          expect(sentence.end).toBeLessThanOrEqual(text.length);
          expect(readable(text.slice(sentence.start, sentence.end))).toBe(sentence.text);
          last = sentence.end;
        }
      }),
      { numRuns: 500 },
    );
  });
});
