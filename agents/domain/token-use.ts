// How much of what a browser drew comes from the design's tokens: each colour, font and spacing counts once.

import type { DesignSystem } from '../../core/artifacts/design-system.ts';
import type { ToolValues } from '../sdk/tools.ts';

type Drawn = ToolValues['page-audit']['drawn'];
type Tokens = Pick<DesignSystem, 'colours' | 'fonts' | 'spacings'>;

export function tokenUse(drawn: Drawn, { colours, fonts, spacings }: Tokens): { fromTokens: number; total: number } {
  const known = new Set([
    ...colours.map(({ value }) => asBrowsersWrite(value)),
    ...fonts.map(({ value }) => value),
    ...spacings.flatMap(({ px }) => [`${px}px`, `-${px}px`]),
  ]);
  const all = [...drawn.colours, ...drawn.fonts, ...drawn.spacings];
  return { fromTokens: all.filter((value) => known.has(value)).length, total: all.length };
}

/** `#6b28bd` -> `rgb(107, 40, 189)`, which is how a computed style gives it. */
function asBrowsersWrite(colour: string): string {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1);
  return parts === undefined ? colour : `rgb(${parts.map((part) => Number.parseInt(part, 16)).join(', ')})`;
}
