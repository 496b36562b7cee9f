// The effective input of a state.

import { type Doc, docOf, jsonOf } from '../json.ts';
import type { StrandScope } from './context.ts';
import type { Strand } from './execution.ts';

/** The input after InputPath; the same document when there is none. */
export function effective(strand: Strand, scope: StrandScope): Doc {
  const { input } = strand.state;
  return input ? docOf(input(jsonOf(strand.input), scope)) : strand.input;
}
