import { expect, it } from '@jest/globals';
import { evaluate, say, texts, unknown } from '../evidence-of.ts';

const clarity = (...claims: unknown[]) => evaluate('clarity', { IdeaSpec: { claims } });

it('is 1 where every sentence can be read in one way only', () => {
  expect(clarity(say('A member reserves a tool for 7 days.'), unknown)).toMatchObject({ score: 1, findings: [] });
});

it('loses a sentence for each ambiguous term, as often as it stands', () => {
  const evaluation = clarity(
    say('The app is user-friendly and robust.'),
    say('Loans count.'),
    say('Tools are lent. Tools come back.'),
  );
  expect(texts(evaluation)).toEqual([
    'IdeaSpec.claims[0]: "user friendly" can be read in more than one way',
    'IdeaSpec.claims[0]: "robust" can be read in more than one way',
  ]);
  expect(evaluation).toMatchObject({ score: 1 - 2 / 4 });
});

it.each([
  ['It also sends reminders.', ['It']],
  ['They must sign it.', ['They']],
  ['This is checked on return.', ['This']],
  ['This app lends tools.', []],
  ['Those who lend tools sign a form.', []],
  ['Tools are marked as described above.', ['as described above']],
  ['Members return tools. They pay nothing.', []],
])('finds what is not said in %j', (text, words) => {
  expect(texts(clarity(say(text)))).toEqual(
    words.map((one) => `IdeaSpec.claims[0]: what "${one}" refers to is not said`),
  );
});

it('reads a statement once, wherever it is repeated', () => {
  expect(clarity(say('A robust app.'), say('A robust app.'), say('Tools are lent.'))).toMatchObject({ score: 0.5 });
});

it('never falls below 0, and is unmeasured where there is nothing to read', () => {
  expect(clarity(say('A robust, modern, flexible, intuitive app.'))).toMatchObject({ score: 0 });
  expect(clarity(unknown)).toMatchObject({ status: 'unmeasured' });
});
