// Draws a word mark: the initials of the product on its brand colour. Only tokens are used.

import type { VisualAssets } from '../../core/artifacts/visual-assets.ts';
import { words } from '../text/terms.ts';
import { FONTS, palette } from './design.ts';

const MOST_INITIALS = 3;

export function wordMark(title: string): VisualAssets['assets'][number] {
  const { colours } = palette(title);
  const value = (name: string) => colours.find((colour) => colour.name === name)?.value ?? '';
  const initials = words(title.split(':')[0] ?? title)
    .slice(0, MOST_INITIALS)
    .map((word) => (word[0] ?? '').toUpperCase())
    .join('');
  const font = FONTS[0]?.value ?? '';
  return {
    path: 'public/logo.svg',
    mediaType: 'image/svg+xml',
    title: `The letters ${initials} on a plain square`,
    text: [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img" aria-labelledby="t">',
      `<title id="t">The letters ${initials} on a plain square</title>`,
      `<rect width="96" height="96" rx="16" fill="${value('brand')}"/>`,
      `<text x="48" y="60" text-anchor="middle" font-family="${font}" font-size="36" fill="${value('paper')}">${initials}</text>`,
      '</svg>',
    ].join(''),
    tokens: ['brand', 'paper', 'body'],
  };
}
