// Colours, fonts and spacings that drawings and built pages use, and whether they come from the DesignSystem's tokens.

import type { DesignSystem } from '../../artifacts/design-system.ts';
import type { VisualAssets } from '../../artifacts/visual-assets.ts';
import { type Evidence, type Unmeasured, unmeasured } from '../criterion.ts';
import { contentOf } from './look.ts';
import { type StyledFile, styledFiles } from './page-styles.ts';

interface TokenUse {
  readonly path: string;
  /** Values as written, each as often as it is used. */
  readonly fromTokens: readonly string[];
  readonly foreign: readonly string[];
}

interface TokenUses {
  readonly assets: readonly TokenUse[];
  /** Style sheets and pages of SourceCode that say how they look. */
  readonly pages: readonly TokenUse[];
}

interface Tokens {
  readonly isValue: (value: string) => boolean;
  readonly isName: (name: string) => boolean;
}

const COLOUR = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\([^)]*\)/gi;
const FONT = /font-family\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^;"'>]+))/gi;
/** The family of a `font` shorthand stands after its size and line height. */
const SHORTHAND = /(?:^|\s)[\d.]+(?:px|rem|em|pt|%)(?:\s*\/\s*[\d.]+\w*)?\s+(.+)$/;
const SPACING = /^(?:margin|padding|gap|row-gap|column-gap)(?:-|$)/;
const LENGTH = /(?<![\w.])[\d.]+(?:px|rem)\b/g;
const KEPT = new Set(['inherit', 'initial', 'unset', 'revert']);
/** Pixels of 1 rem where nobody has changed the browser's own size. */
const REM = 16;
/** A use of a token by name is a use of the token. */
const TOKEN_NAME = /var\(\s*--([\w-]+)\s*\)/g;

export function tokenUses(evidence: Evidence): TokenUses | Unmeasured {
  const system = contentOf<DesignSystem>(evidence, 'DesignSystem');
  const assets = contentOf<VisualAssets>(evidence, 'VisualAssets')?.assets;
  if (system === undefined) return unmeasured('there is no DesignSystem');
  if (assets === undefined || assets.length === 0) return unmeasured('there are no VisualAssets');
  const tokens = tokensOf(system);
  return {
    assets: assets.map(({ path, text }) => useOf(path, writtenIn(text), namesIn(text), tokens)),
    pages: styledFiles(evidence).map((file) => {
      const values = file.declarations.map(({ value }) => value).join('; ');
      return useOf(file.path, declaredIn(file), namesIn(values), tokens);
    }),
  };
}

function tokensOf({ colours = [], fonts = [], spacings = [] }: Partial<DesignSystem>): Tokens {
  const values = new Set([
    ...[...colours, ...fonts].map(({ value }) => normal(value)),
    ...spacings.map(({ px }) => `${px}px`),
  ]);
  const names = new Set([...colours, ...fonts, ...spacings].map(({ name }) => name));
  return { isValue: (value) => values.has(normal(value)), isName: (name) => names.has(name) };
}

function useOf(path: string, written: readonly string[], named: readonly string[], tokens: Tokens): TokenUse {
  return {
    path,
    fromTokens: [...written.filter(tokens.isValue), ...named.filter(tokens.isName)],
    foreign: [...written.filter((value) => !tokens.isValue(value)), ...named.filter((name) => !tokens.isName(name))],
  };
}

const namesIn = (text: string): string[] => [...text.matchAll(TOKEN_NAME)].map(([, name]) => name ?? '');

function writtenIn(text: string): string[] {
  return [
    ...[...text.matchAll(COLOUR)].map(([colour]) => colour),
    ...[...text.matchAll(FONT)].map(([, double, single, bare]) => double ?? single ?? bare ?? ''),
  ].filter((value) => !value.includes('var('));
}

/** A spacing of nothing needs no token. */
function declaredIn({ declarations }: StyledFile): string[] {
  return declarations.flatMap(({ property, value }) => {
    if (property === 'font-family' || property === 'font') {
      const family = property === 'font' ? SHORTHAND.exec(value)?.[1] : value;
      return family === undefined || KEPT.has(family) || family.includes('var(') ? [] : [family];
    }
    if (SPACING.test(property)) {
      return (value.match(LENGTH) ?? []).filter((length) => Number.parseFloat(length) !== 0);
    }
    return value.match(COLOUR)?.filter((colour) => !colour.includes('var(')) ?? [];
  });
}

/** `#abc` and `#AABBCC` are one colour, `0.5rem` and `8px` one length; quotes and spaces do not make another font. */
function normal(value: string): string {
  const lower = value
    .trim()
    .toLowerCase()
    .replace(/["']/g, '')
    .replace(/\s*,\s*/g, ',');
  if (/^[\d.]+rem$/.test(lower)) return `${Number.parseFloat(lower) * REM}px`;
  return /^#[0-9a-f]{3}$/.test(lower) ? lower.replace(/[0-9a-f]/g, (digit) => digit + digit) : lower;
}
