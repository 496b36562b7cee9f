import { describe, expect, it } from '@jest/globals';
import { cite, evaluate, IDEA, quote, say, texts, unknown } from '../evidence-of.ts';

const grounding = (claims: unknown[], rest = {}) => evaluate('grounding', { PRD: { claims } }, rest);
const LENDS = 'Borrow Shed lends tools to members.';
const KEEP = 'A member may keep a tool for 7 days.';

describe('a claim is grounded', () => {
  it.each([
    ['in the words it cites', quote(LENDS)],
    ['in most of them', quote(LENDS, 'Borrow Shed lends tools')],
    ['in other forms of them', quote(LENDS, 'Borrow Shed lending of tools to a member')],
    [
      'by several spans together',
      { text: 'Borrow Shed lends tools, kept for 7 days', cites: [cite(LENDS), cite(KEEP)] },
    ],
  ])('%s', (_, claim) => {
    expect(grounding([claim])).toMatchObject({ status: 'measured', score: 1, findings: [] });
  });

  it('by a span of an earlier artifact', () => {
    const claim = { text: 'lends tools', cites: [{ source: 'IdeaSpec', pointer: '/a~1b/0/text', start: 0, end: 11 }] };
    const rest = { makes: ['PRD'] };
    const artifacts = { PRD: { claim }, IdeaSpec: { 'a/b': [{ text: 'lends tools' }] } };
    expect(evaluate('grounding', artifacts, rest)).toMatchObject({ score: 1 });
  });
});

describe('a claim is not grounded', () => {
  const end = IDEA.length;
  it.each<[string, unknown, string]>([
    ['without a cite', say('lends tools'), 'cites nothing'],
    ['beyond the end', { text: 'x', cites: [{ ...cite(LENDS), end: end + 1 }] }, 'which is not there'],
    ['by an empty span', { text: 'x', cites: [{ ...cite(LENDS), end: 0 }] }, 'which is not there'],
    [
      'by a pointer to nothing',
      { text: 'x', cites: [{ source: 'IdeaSpec', pointer: '/title', start: 0, end: 1 }] },
      'which is not there',
    ],
    [
      'when one of two spans is not there',
      { text: LENDS, cites: [cite(LENDS), { ...cite(LENDS), end: end + 9 }] },
      'not there',
    ],
    [
      'by a span about something else',
      quote('Volunteers run the desk on Saturdays.', LENDS),
      'shares 0 % of its words',
    ],
    ['with another number', quote(KEEP, 'A member may keep a tool for 70 days.'), 'says 70, which its source does not'],
    [
      'when it denies what its source says',
      quote(KEEP, 'A member may not keep a tool for 7 days.'),
      'denies what its source',
    ],
  ])('%s', (_, claim, why) => {
    const evaluation = grounding([claim]);
    expect(evaluation).toMatchObject({ status: 'measured', score: 0 });
    expect(texts(evaluation)[0]).toMatch(/^PRD\.claims\[0\] /);
    expect(texts(evaluation)[0]).toContain(why);
  });

  it('below the configured share of words', () => {
    const claim = quote(LENDS, 'Borrow Shed rents machines');
    expect(grounding([claim])).toMatchObject({ score: 0 });
    expect(grounding([claim], { groundingOverlap: 0.5 })).toMatchObject({ score: 1 });
  });
});

describe('the share', () => {
  it('is of claims, UNKNOWN left aside', () => {
    expect(grounding([quote(LENDS), say('no'), unknown, unknown])).toMatchObject({ score: 0.5 });
  });

  it('is unmeasured when all is UNKNOWN, and does not apply where nothing is claimed', () => {
    expect(grounding([unknown])).toEqual({ status: 'unmeasured', reason: 'all 1 claims are UNKNOWN' });
    expect(grounding([])).toEqual({ status: 'inapplicable', reason: 'the artifacts make no claims' });
  });

  it('looks only at what the phase makes', () => {
    const artifacts = { PRD: { a: quote(LENDS) }, IdeaSpec: { a: say('made up') } };
    expect(evaluate('grounding', artifacts, { makes: ['PRD'] })).toMatchObject({ score: 1 });
  });
});
