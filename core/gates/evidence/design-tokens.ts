// Colours and fonts that drawings use, and whether they come from the DesignSystem's tokens.

import type { DesignSystem } from '../../artifacts/design-system.ts';
import type { VisualAssets } from '../../artifacts/visual-assets.ts';
import { type Evidence, type Unmeasured, unmeasured } from '../criterion.ts';
import { contentOf } from './look.ts';

export interface AssetUse {
  readonly path: string;
  /** Values as written, each as often as it is used. */
  readonly fromTokens: readonly string[];
  readonly foreign: readonly string[];
}

const COLOUR = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\([^)]*\)/gi;
const FONT = /font-family\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^;"'>]+))/gi;
/** A use of a token by name is a use of the token. */
const TOKEN_NAME = /var\(\s*--([\w-]+)\s*\)/g;

export function assetUses(evidence: Evidence): readonly AssetUse[] | Unmeasured {
  const system = contentOf<DesignSystem>(evidence, 'DesignSystem');
  const assets = contentOf<VisualAssets>(evidence, 'VisualAssets')?.assets;
  if (system === undefined) return unmeasured('there is no DesignSystem');
  if (assets === undefined || assets.length === 0) return unmeasured('there are no VisualAssets');
  const values = new Set([...(system.colours ?? []), ...(system.fonts ?? [])].map(({ value }) => normal(value)));
  const names = new Set(
    [...(system.colours ?? []), ...(system.fonts ?? []), ...(system.spacings ?? [])].map(({ name }) => name),
  );
  return assets.map(({ path, text }) => {
    const written = [
      ...[...text.matchAll(COLOUR)].map(([colour]) => colour),
      ...[...text.matchAll(FONT)].map(([, double, single, bare]) => double ?? single ?? bare ?? ''),
    ].filter((value) => !value.includes('var('));
    const named = [...text.matchAll(TOKEN_NAME)].map(([, name]) => name ?? '');
    const isToken = (value: string): boolean => values.has(normal(value));
    return {
      path,
      fromTokens: [...written.filter(isToken), ...named.filter((name) => names.has(name))],
      foreign: [...written.filter((value) => !isToken(value)), ...named.filter((name) => !names.has(name))],
    };
  });
}

/** `#abc` and `#AABBCC` are one colour; quotes and spaces do not make another font. */
function normal(value: string): string {
  const lower = value
    .trim()
    .toLowerCase()
    .replace(/["']/g, '')
    .replace(/\s*,\s*/g, ',');
  return /^#[0-9a-f]{3}$/.test(lower) ? lower.replace(/[0-9a-f]/g, (digit) => digit + digit) : lower;
}
