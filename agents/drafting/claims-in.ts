// Every claim of an artifact with its place, found by shape, in document order.

import type { Claim } from '../../core/artifacts/claim.ts';
import type { Json } from '../../core/json.ts';

export interface PlacedClaim {
  /** JSON pointer to the claim. */
  readonly pointer: string;
  readonly claim: Claim;
}

export function claimsIn(content: Json, pointer = ''): PlacedClaim[] {
  if (Array.isArray(content)) return content.flatMap((item, at) => claimsIn(item, `${pointer}/${at}`));
  if (content === null || typeof content !== 'object') return [];
  if (typeof content.text === 'string' && Array.isArray(content.cites)) {
    return [{ pointer, claim: content as unknown as Claim }];
  }
  return Object.entries(content).flatMap(([key, member]) =>
    claimsIn(member, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`),
  );
}
