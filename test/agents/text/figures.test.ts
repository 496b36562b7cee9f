import { describe, expect, it } from '@jest/globals';
import { statedFigures } from '../../../agents/text/figures.ts';
import { passagesOf } from '../../../agents/text/passages.ts';
import { targetOf } from '../../../agents/text/targets.ts';

const figures = (text: string) => statedFigures(passagesOf('Idea', text)).map(({ value, unit }) => [value, unit]);

describe('stated figures', () => {
  it.each([
    [
      'It owns 640 tools and has 410 members.',
      [
        [640, 'tools'],
        [410, 'members'],
      ],
    ],
    ['They hold 1,150 appointments a week.', [[1150, 'appointments']]],
    ['Members pay €24 a year.', [[24, 'EUR']]],
    ['It costs 0.07 EUR each.', [[0.07, 'EUR']]],
    ['On average 14 % do not come.', [[14, '%']]],
    ['The region has 190 outpatient clinics.', [[190, 'clinics']]],
    ['Photos take 300 kB.', [[300, 'kB']]],
    ['Three libraries tried it.', [[3, 'libraries']]],
    ['It is ready at 8:00 and closes at 20:00.', []],
    ['One member came.', []],
    [
      'A tool is lent for 7 days, and up to 2.',
      [
        [7, 'days'],
        [2, 'number'],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});

describe('a target', () => {
  it.each([
    ['Lost tools fall from 38 to fewer than 15 a year.', { value: 15, unit: 'number' }],
    ['Volunteers spend at most 3 hours a week on it.', { value: 3, unit: 'hours' }],
    ['Missed appointments fall from 14 % to at most 8 % within 6 months.', { value: 8, unit: '%' }],
    ['We have 20 members.', null],
    ['It gets better.', null],
  ])('%s', (text, expected) => {
    expect(targetOf(text)).toEqual(expected);
  });
});
