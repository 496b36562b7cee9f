// Renders the pages of the started service in a real browser: WCAG violations by axe-core, overflow at each width, and the
// colours, fonts and spacings that are drawn.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { ToolValues } from '../../sdk/tools.ts';
import { NO_BROWSER, openBrowser } from '../browser.ts';
import { audit, DRAWN, OVERFLOWS } from '../page-scripts.ts';
import { startService } from '../service.ts';
import { json, type Tool } from '../tool.ts';

type Value = ToolValues['page-audit'];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const HEIGHT_PX = 900;

interface AxeRule {
  readonly id: string;
  readonly help: string;
  readonly tags: readonly string[];
  readonly nodes: readonly unknown[];
}

export const pageAudit: Tool<'page-audit'> = async (place, { pages, widthsPx }) => {
  const opened = await openBrowser(place);
  if (opened === undefined) return { unmeasured: NO_BROWSER };
  const { browser, name } = opened;
  const service = await startService(place);
  if ('unstartable' in service) {
    await browser.close();
    return { unmeasured: service.unstartable };
  }
  try {
    const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    // The page's own policy forbids scripts that are not its own; the auditor is one.
    const context = await browser.newContext({ bypassCSP: true });
    const violations: Value['violations'] = [];
    const layouts: Value['layouts'] = [];
    const raw: unknown[] = [];
    const drawn: Drawn = { colours: new Set(), fonts: new Set(), spacings: new Set() };
    for (const path of pages) {
      const page = await context.newPage();
      // The page takes its token from the part of the address that no server sees.
      const response = await page.goto(`${service.url}${path}#token=${service.token}`, { waitUntil: 'networkidle' });
      if (response === null || !response.ok()) {
        return { unmeasured: `page ${path} answered ${response?.status() ?? 'nothing'}` };
      }
      for (const widthPx of widthsPx) {
        await page.setViewportSize({ width: widthPx, height: HEIGHT_PX });
        const overflows = await page.evaluate<boolean>(OVERFLOWS);
        layouts.push({ page: path, widthPx, overflows });
        await collectDrawn(page, drawn);
      }
      await page.evaluate(axe);
      const result = await page.evaluate<{ violations: AxeRule[] }>(audit(TAGS));
      raw.push({ page: path, result });
      for (const { id, help, tags, nodes } of result.violations) {
        violations.push({ page: path, rule: id, level: levelOf(tags), nodes: nodes.length, help });
      }
      await page.close();
    }
    const styles = {
      colours: [...drawn.colours].sort(),
      fonts: [...drawn.fonts].sort(),
      spacings: [...drawn.spacings].sort(),
    };
    return {
      value: { browser: name, pages: [...pages], violations, layouts, drawn: styles },
      report: json({ browser: name, audits: raw, layouts, drawn: styles }),
      with: name,
    };
  } finally {
    await browser.close();
    await service.stop();
  }
};

interface Drawn {
  readonly colours: Set<string>;
  readonly fonts: Set<string>;
  readonly spacings: Set<string>;
}

/** What is visible, as the browser computed it. */
async function collectDrawn(page: Page, into: Drawn): Promise<void> {
  const seen = await page.evaluate<Record<keyof Drawn, string[]>>(DRAWN);
  for (const colour of seen.colours) if (!/^rgba\(.*, 0\)$/.test(colour)) into.colours.add(colour);
  for (const font of seen.fonts) into.fonts.add(font);
  for (const spacing of seen.spacings)
    if (/^-?[\d.]+px$/.test(spacing) && Number.parseFloat(spacing) !== 0) into.spacings.add(spacing);
}

function levelOf(tags: readonly string[]): 'A' | 'AA' | 'AAA' {
  if (tags.some((tag) => /^wcag\d*aaa$/.test(tag))) return 'AAA';
  return tags.some((tag) => /^wcag\d*aa$/.test(tag)) ? 'AA' : 'A';
}
