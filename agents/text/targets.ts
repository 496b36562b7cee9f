// The value a sentence wants reached: the number after `at most`, `fewer than`, `to` and the like.

import { statedFigures } from './figures.ts';

const LEADS = /\b(?:at most|at least|fewer than|less than|more than|up to|within|to|in)\s+(?:about\s+)?$/i;

/** Figures are looked for in the sentence alone; where it stands does not matter. */
const WHOLE = { source: 'Idea', pointer: '', start: 0, end: 0 } as const;

/** The first such number of the sentence with its unit; null when there is none. */
export function targetOf(sentence: string): { readonly value: number; readonly unit: string } | null {
  let from = 0;
  for (const { value, unit } of statedFigures([{ text: sentence, label: '', cite: WHOLE }])) {
    const at = numeralAt(sentence, value, from);
    if (at === -1) continue;
    from = at + 1;
    if (LEADS.test(sentence.slice(0, at).replace(/[€$£]\s?$/, ''))) return { value, unit };
  }
  return null;
}

function numeralAt(text: string, value: number, from: number): number {
  const plain = text.indexOf(String(value), from);
  return plain === -1 ? text.indexOf(value.toLocaleString('en-US'), from) : plain;
}
