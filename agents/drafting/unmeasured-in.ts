// Every figure of an artifact that was not measured, with its place, in document order.

import { isUnmeasured } from '../../core/artifacts/measured.ts';
import type { Json } from '../../core/json.ts';

export interface MissingFigure {
  readonly pointer: string;
  readonly reason: string;
}

export function unmeasuredIn(content: Json, pointer = ''): MissingFigure[] {
  if (content === null || typeof content !== 'object') return [];
  if (isUnmeasured(content)) return [{ pointer, reason: content.reason }];
  return Object.entries(content).flatMap(([key, member]) =>
    unmeasuredIn(member as Json, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`),
  );
}
