import { overflowFinding, type Rendering } from '../criteria/responsiveness.ts';
import type { Finding } from '../criterion.ts';
import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { listOf } from '../parameters.ts';

/** Mobile, tablet, desktop (spec §6). */
const WIDTHS = [390, 820, 1280];

/** Pages were rendered at each of `widths` (px), and none is wider than the window. */
export const viewports: Guard = {
  id: 'viewports',
  parameters: ['widths'],
  criterion: 'responsiveness',
  check(evidence, parameters) {
    const widths = listOf(parameters, 'widths', WIDTHS).map(Number);
    const renderings = measurement<Rendering[]>(evidence, 'StyleGuide', 'overflow');
    if (!('value' in renderings)) return renderings;
    const missing = widths.filter((width) => !renderings.value.some(({ widthPx }) => widthPx === width));
    const overflowing = renderings.value.filter(({ widthPx, overflows }) => overflows && widths.includes(widthPx));
    if (missing.length === 0 && overflowing.length === 0) return held(`pages fit at ${widths.join(', ')} px`);
    const findings: Finding[] = [
      ...missing.map((width): Finding => ({ kind: 'missing', text: `no page was rendered at ${width} px` })),
      ...overflowing.map(overflowFinding),
    ];
    return broken(`${findings.length} faults`, `pages that fit at ${widths.join(', ')} px`, findings);
  },
};
