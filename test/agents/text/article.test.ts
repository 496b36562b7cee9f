import { expect, it } from '@jest/globals';
import { withArticle } from '../../../agents/text/article.ts';

it.each([
  ['appointment', 'an appointment'],
  ['Item', 'an Item'],
  ['loan', 'a loan'],
  ['hour', 'an hour'],
  ['user', 'a user'],
  ['unit', 'a unit'],
  ['umbrella', 'an umbrella'],
  ['one way trip', 'a one way trip'],
])('%s takes its article', (words, expected) => {
  expect(withArticle(words)).toBe(expected);
});
