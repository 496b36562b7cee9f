// Which words name a detail of a thing, which type it has, and which say too little to be a thing of their own.

import type { EntityField } from '../../core/artifacts/data-model.ts';
import { camel } from './names.ts';

const TOO_GENERAL = new Set(
  (
    'system application app service program software page screen site website product user date day week month year hour minute ' +
    'second time weekday name number amount email phone file csv spreadsheet map way kind case hand digit morning evening course ' +
    'thing nothing nobody part place side start end position access status type title note weather information data form ' +
    'change history list office law rule power moment text one other anything something everything someone symbol person people ' +
    'account password connection code image photo picture street town region country language spanish english arabic romanian ' +
    'euro dollar pound percent share reason purpose use view need step error question answer result dose area record recording entry it itself them'
  ).split(' '),
);
const TYPES: readonly (readonly [EntityField['type'], RegExp])[] = [
  ['datetime', /\b(time|moment)$/],
  ['date', /\b(date|day|deadline|birthday)$/],
  [
    'number',
    /\b(price|amount|deposit|weight|length|dose|area|temperature|sugar|acidity|fee|cost|rate|distance|quantity)$/,
  ],
  ['integer', /\b(count|number|capacity|age|year|quantity|seats?)$/],
  ['text', /\b(note|description|comment|reason|message|text|damage|instructions?)$/],
  ['boolean', /\b(flag|consent)$/],
];

export function isTooGeneral(name: string): boolean {
  return TOO_GENERAL.has(name.split(' ').at(-1) ?? '') || !/^[a-z][a-z -]*$/.test(name) || name.length < 3;
}

export function fieldOf(detail: string): EntityField {
  const type = TYPES.find(([, pattern]) => pattern.test(detail))?.[0] ?? 'string';
  return { name: camel(detail), type, required: false, references: '' };
}
