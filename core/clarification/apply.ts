// Fills what an artifact leaves UNKNOWN from knowledge frames. A frame fills the place its question was about and no other:
// where the record there is about something else by now, it is left alone. What is known is never overwritten.

import { isClaim, isUnknown } from '../artifacts/claim.ts';
import { atPointer, isRecord } from '../gates/evidence/look.ts';
import type { Json } from '../json.ts';
import { aboutOf } from './gaps.ts';
import type { Frame } from './knowledge.ts';

export interface Applied {
  readonly contents: { readonly [type: string]: Json };
  /** Ids of the frames that filled something. */
  readonly used: readonly string[];
  /** Types that were changed. */
  readonly changed: readonly string[];
}

export function applyFrames(contents: { readonly [type: string]: Json }, frames: readonly Frame[]): Applied {
  const filled = structuredClone(contents) as { [type: string]: Json };
  const used: string[] = [];
  const changed = new Set<string>();
  for (const { id, decision, statement, cites } of frames) {
    const content = filled[decision.artifact];
    if (content === undefined) continue;
    const place = atPointer(content, decision.pointer);
    if (!isClaim(place) || !isUnknown(place) || aboutOf(content, decision.pointer) !== decision.about) continue;
    const slot = place as unknown as { text: string; cites: Json };
    if (!isRecord(place)) continue;
    slot.text = statement;
    slot.cites = structuredClone(cites) as unknown as Json;
    used.push(id);
    changed.add(decision.artifact);
  }
  return { contents: filled, used, changed: [...changed].sort() };
}
