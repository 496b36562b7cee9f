// Questions, answers, validation (spec §5):
//   1. near duplicates are dropped, the most urgent come first, no more than the phase may ask
//   2. an answer below .6, or with a cite that is not there, is UNKNOWN
//   3. each threshold of the validator rejects by itself, and says so
//   4. an accepted pair is a binding and a frame; everything else an assumption with owner and mitigation
//   5. frames that contradict each other are conflicts, and neither is used
//   6. a frame fills the place it was asked for, and only while it is UNKNOWN and about the same record

import { describe, expect, it } from '@jest/globals';
import { answerWith } from '../../../core/clarification/answer.ts';
import { applyFrames } from '../../../core/clarification/apply.ts';
import { gapsOf } from '../../../core/clarification/gaps.ts';
import { type Frame, learn, noKnowledge, settle, usable } from '../../../core/clarification/knowledge.ts';
import { chooseQuestions, type OpenQuestion, type Question } from '../../../core/clarification/question.ts';
import { validate } from '../../../core/clarification/validate.ts';
import type { Evidence } from '../../../core/gates/criterion.ts';
import type { Json } from '../../../core/json.ts';

const IDEA =
  'Members forget their tools. Members return a tool within 7 days because a reminder tells them. Volunteers repair tools on Saturday.';
const span = (text: string) => {
  const start = IDEA.indexOf(text);
  return [{ source: 'Idea' as const, pointer: '', start, end: start + text.length }];
};
const claim = (text: string) => ({ text, cites: span(text) });
const UNKNOWN = { text: 'UNKNOWN', cites: [] };
const evidence = (artifacts: { [type: string]: Json } = {}): Evidence => ({
  idea: IDEA,
  artifacts,
  makes: Object.keys(artifacts),
});
const decision = (about: string, pointer = '/assumptions/0/rationale') => ({
  artifact: 'RevisedAssumptions',
  pointer,
  about,
});
const open = (text: string, priority: 1 | 2 | 3 = 1): OpenQuestion => ({ text, priority, decision: decision('') });
const question = (about: string): Question => ({
  id: 'Q1',
  text: `Why: ${about}`,
  priority: 1,
  decision: decision(about),
});

const ABOUT = 'Members return a tool within 7 days.';
const GOOD = 'Members return a tool within 7 days because a reminder tells them.';

describe('questions', () => {
  it('are asked most urgent first, near duplicates once, no more than the phase may ask', () => {
    const some = [
      open('Which price do members pay each month?', 3),
      open('How many days may a member keep one borrowed tool at home?'),
      open('How many days may the member keep one borrowed tool at home?'),
      open('Who repairs the tools?'),
    ];
    expect(chooseQuestions(some, 10).map(({ id, text }) => `${id} ${text}`)).toEqual([
      'Q1 How many days may a member keep one borrowed tool at home?',
      'Q2 Who repairs the tools?',
      'Q3 Which price do members pay each month?',
    ]);
    expect(chooseQuestions(some, 2)).toHaveLength(2);
    const asked = chooseQuestions(some, 1);
    expect(chooseQuestions(some, 3, asked).map(({ id, text }) => `${id} ${text}`)).toEqual([
      'Q2 Who repairs the tools?',
      'Q3 Which price do members pay each month?',
    ]);
  });

  it('come from required fields nobody could fill, contradictions and doubtful words', () => {
    const assumption = {
      id: 'A1',
      statement: claim('Members forget their tools.'),
      owner: 'product',
      rationale: UNKNOWN,
      test: claim('Volunteers repair tools on Saturday.'),
    };
    const vague = { text: 'The page loads quickly.', cites: [] };
    const gaps = gapsOf(evidence({ RevisedAssumptions: { assumptions: [assumption], note: vague } as never }));
    expect(gaps.map(({ text, priority }) => ({ text, priority }))).toEqual([
      { text: 'What is the rationale of: Members forget their tools.', priority: 1 },
      { text: 'What exactly does "quickly" mean in: The page loads quickly.', priority: 2 },
    ]);
    expect(gaps[0]?.decision).toEqual({
      artifact: 'RevisedAssumptions',
      pointer: '/assumptions/0/rationale',
      about: 'Members forget their tools.',
    });
  });
});

describe('an answer', () => {
  it('keeps what its cites support and what speaks of the question', () => {
    expect(answerWith(evidence(), question(ABOUT), claim(GOOD))).toMatchObject({
      confidence: 1,
      claim: { text: GOOD },
    });
  });

  it.each([
    ['speaks of something else', claim('Volunteers repair tools on Saturday.'), 'We sell wine by the bottle.'],
    ['cites what is not there', { text: GOOD, cites: [{ ...span(GOOD)[0], start: 900, end: 990 }] as never }, ABOUT],
    ['cites nothing', { text: GOOD, cites: [] }, ABOUT],
  ])('is UNKNOWN when it %s', (_what, given, about) => {
    const answer = answerWith(evidence(), question(about), given);
    expect(answer.confidence).toBeLessThan(0.6);
    expect(answer.claim.text).toBe('UNKNOWN');
  });
});

describe('the validator', () => {
  const check = (text: string, about = ABOUT, known: { text: string; where: string }[] = [], cites = span(GOOD)) =>
    validate(evidence(), question(about), { question: 'Q1', claim: { text, cites }, confidence: 1 }, known);

  it('accepts what is grounded, complete, specific and consistent', () => {
    expect(check(GOOD)).toMatchObject({ accepted: true, reasons: [], mean: 1 });
  });

  it.each([
    ['grounding', check('Members return a tool within 9 days because a reminder tells them.')],
    ['completeness', check('A reminder tells them.', ABOUT)],
    ['completeness', check(GOOD, GOOD)],
    ['specificity', check('Members return a suitable tool within 7 days, if possible.', ABOUT)],
    [
      'consistency',
      check(GOOD, ABOUT, [
        { text: 'Members do not return a tool within 7 days because a reminder tells them.', where: 'K' },
      ]),
    ],
  ])('rejects by %s alone, and says so', (name, validation) => {
    expect(validation.accepted).toBe(false);
    expect(validation.reasons.join('; ')).toContain(`${name} is`);
  });
});

describe('knowledge', () => {
  const asked = question(ABOUT);
  const answer = { question: 'Q1', claim: claim(GOOD), confidence: 1 };
  const accepted = validate(evidence(), asked, answer);

  it('binds what was accepted, and assumes the rest with owner and mitigation', () => {
    const other: Question = {
      ...question('Who repairs?'),
      id: 'Q2',
      decision: { artifact: 'OpenAPI', pointer: '/info', about: '' },
    };
    const known = settle('prd', { questions: [asked, other], answers: [answer], validations: [accepted] });
    expect(known.bindings).toMatchObject([{ id: 'prd.Q1', answer: GOOD }]);
    expect(known.frames).toMatchObject([{ id: 'K.prd.Q1', binding: 'prd.Q1', statement: GOOD }]);
    expect(known.assumptions).toMatchObject([
      {
        id: 'U.prd.Q2',
        owner: 'engineering',
        because: 'nobody answered',
        mitigation: expect.stringContaining('OpenAPI/info stays UNKNOWN'),
      },
    ]);
  });

  it('does not bind without a validation', () => {
    expect(settle('prd', { questions: [asked], answers: [answer], validations: [] }).bindings).toEqual([]);
  });

  it('assumes no longer what was answered later, and uses neither of two frames that contradict each other', () => {
    const first = settle('prd', { questions: [asked], answers: [], validations: [] });
    const second = settle('prd', {
      questions: [{ ...asked, id: 'Q2' }],
      answers: [{ ...answer, question: 'Q2' }],
      validations: [{ ...accepted, question: 'Q2' }],
    });
    const known = learn(learn(noKnowledge, first), second);
    expect(known.assumptions).toEqual([]);
    expect(usable(known)).toHaveLength(1);
    const denied: Frame = {
      ...(second.frames[0] as Frame),
      id: 'K.x',
      statement: 'Volunteers must not repair old tools on Saturday.',
      decision: decision('other', '/x'),
    };
    const stated: Frame = { ...denied, id: 'K.y', statement: 'Volunteers must repair old tools on Saturday.' };
    const disputed = learn(known, { ...noKnowledge, frames: [denied, stated] });
    expect(disputed.conflicts).toMatchObject([{ frames: ['K.x', 'K.y'] }]);
    expect(usable(disputed).map(({ id }) => id)).toEqual(['K.prd.Q2']);
  });
});

describe('a frame', () => {
  const frame: Frame = {
    id: 'K',
    binding: 'b',
    decision: decision('Members forget their tools.'),
    statement: GOOD,
    cites: span(GOOD),
  };
  const contents = (statement: string, rationale: object) => ({
    RevisedAssumptions: { assumptions: [{ statement: claim(statement), rationale }] } as never,
  });

  it('fills the place it was asked for', () => {
    const applied = applyFrames(contents('Members forget their tools.', UNKNOWN), [frame]);
    expect(applied).toMatchObject({ used: ['K'], changed: ['RevisedAssumptions'] });
    expect(JSON.stringify(applied.contents)).toContain(GOOD);
  });

  it.each([
    ['is known by now', contents('Members forget their tools.', claim('Volunteers repair tools on Saturday.'))],
    ['is in a record about something else', contents('Volunteers repair tools on Saturday.', UNKNOWN)],
    ['is gone', { OpenAPI: {} as never }],
  ])('leaves alone a place that %s', (_what, before) => {
    expect(applyFrames(before, [frame])).toEqual({ contents: before, used: [], changed: [] });
  });
});
