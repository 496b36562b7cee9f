// The value a sentence wants reached: the number after `at most`, `fewer than`, `to` and the like.

import { statedFigures } from './figures.ts';
import type { Passage } from './passages.ts';

const LEADS = /\b(?:at most|at least|fewer than|less than|more than|up to|within|to|in)\s+(?:about\s+)?$/i;

/** The first such number of the sentence with its unit; null when there is none. */
export function targetOf(passage: Passage): { readonly value: number; readonly unit: string } | null {
  let from = 0;
  for (const { value, unit } of statedFigures([passage])) {
    const at = numeralAt(passage.text, value, from);
    if (at === -1) continue;
    from = at + 1;
    if (LEADS.test(passage.text.slice(0, at).replace(/[€$£]\s?$/, ''))) return { value, unit };
  }
  return null;
}

function numeralAt(text: string, value: number, from: number): number {
  const plain = text.indexOf(String(value), from);
  return plain === -1 ? text.indexOf(value.toLocaleString('en-US'), from) : plain;
}
