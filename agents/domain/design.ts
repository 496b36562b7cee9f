// Design tokens: a palette whose hue comes from the product's name, with contrast computed, and scales for the rest.
// A hue is a matter of taste, so any will do; that text can be read is not, so colours are darkened until it can.

import type { DesignSystem } from '../../core/artifacts/design-system.ts';
import { sha256 } from '../../core/json.ts';

/** Widths pages are drawn for. */
export const WIDTHS = [
  { name: 'mobile', widthPx: 390, columns: 1 },
  { name: 'tablet', widthPx: 820, columns: 2 },
  { name: 'desktop', widthPx: 1280, columns: 3 },
] as const;

export const FONTS = [
  { name: 'body', value: 'system-ui, sans-serif' },
  { name: 'code', value: 'ui-monospace, monospace' },
];
const SPACINGS = [4, 8, 16, 24, 40].map((px, at) => ({ name: `space-${at + 1}`, px }));
export const DURATIONS = [
  { name: 'quick', ms: 120 },
  { name: 'calm', ms: 240 },
];

/** WCAG 2.2 AA for text (1.4.3). */
const LEAST_CONTRAST = 4.5;

type Colour = DesignSystem['colours'][number];
type Rgb = readonly [number, number, number];

/** Everything that is drawn takes its values from these; the same name gives the same ones. */
export function tokensFor(name: string) {
  return { ...palette(name), fonts: FONTS, spacings: SPACINGS };
}

/** The same name gives the same palette. */
export function palette(name: string): { colours: Colour[]; contrast: DesignSystem['contrast'] } {
  const hue = Number.parseInt(sha256(name).slice(0, 4), 16) % 360;
  const paper: Rgb = [255, 255, 255];
  const colours: readonly (readonly [string, Rgb])[] = [
    ['paper', paper],
    ['ink', readable(hue, 0.15, 0.2, paper)],
    ['brand', readable(hue, 0.65, 0.45, paper)],
    ['accent', readable((hue + 150) % 360, 0.65, 0.4, paper)],
    ['alert', readable(0, 0.75, 0.45, paper)],
  ];
  const background = 'paper';
  return {
    colours: colours.map(([token, rgb]) => ({ name: token, value: hex(rgb) })),
    contrast: colours
      .filter(([token]) => token !== background)
      .map(([foreground, rgb]) => ({ foreground, background, ratio: Math.floor(contrast(rgb, paper) * 100) / 100 })),
  };
}

/** The colour, darkened until text in it can be read on the background. */
function readable(hue: number, saturation: number, lightness: number, background: Rgb): Rgb {
  let light = lightness;
  let rgb = fromHsl(hue, saturation, light);
  while (contrast(rgb, background) < LEAST_CONTRAST && light > 0) {
    light -= 0.01;
    rgb = fromHsl(hue, saturation, light);
  }
  return rgb;
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** WCAG 2 contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
