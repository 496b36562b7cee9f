// What the product was really run on: every Node of this machine that its manifest admits, and every browser there is at
// three widths. What is not here is named as absent, not as working.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import type { ToolValues } from '../../sdk/tools.ts';
import { NO_BROWSER, openBrowser } from '../browser.ts';
import { OVERFLOWS } from '../page-scripts.ts';
import { readManifest } from '../project.ts';
import { runProgram } from '../run-program.ts';
import { startService } from '../service.ts';
import { json, type Place, type Tool } from '../tool.ts';

type Value = ToolValues['compatibility'];
type Row = Value['rows'][number];
type Absent = Value['absent'][number];

const WIDTHS_PX = [390, 820, 1280];
const HEIGHT_PX = 900;
/** What people use beside Chromium; Playwright drives only builds of its own of these, which are not on a machine by themselves. */
const OTHER_BROWSERS = ['Firefox', 'WebKit'];

export const compatibility: Tool<'compatibility'> = async (place, { pages }) => {
  const manifest = readManifest(place.workspace);
  if ('unreadable' in manifest) return { unmeasured: String(manifest.unreadable) };
  const rows: Row[] = [];
  const absent: Absent[] = [];
  for (const { node, version } of await nodesOf(place)) {
    const target = `Node.js ${version}`;
    const admitted = manifest.engines?.node ?? '*';
    if (semver.satisfies(version, admitted)) rows.push({ kind: 'runtime', target, ...(await startsOn(place, node)) });
    else absent.push({ kind: 'runtime', target, reason: `package.json admits Node.js ${admitted} only` });
  }
  const opened = await openBrowser(place);
  if (opened === undefined) absent.push({ kind: 'browser', target: 'Chromium', reason: NO_BROWSER });
  else {
    try {
      rows.push(...(await inBrowser(place, opened, pages)));
    } finally {
      await opened.browser.close();
    }
  }
  for (const target of OTHER_BROWSERS) {
    absent.push({ kind: 'browser', target, reason: `there is no ${target} on this machine that can be driven` });
  }
  if (rows.length === 0) return { unmeasured: absent.map(({ target, reason }) => `${target}: ${reason}`).join('; ') };
  return { value: { rows, absent }, report: json({ rows, absent }), ...(opened ? { with: opened.name } : {}) };
};

/** Each version once. */
async function nodesOf({ path }: Place): Promise<{ node: string; version: string }[]> {
  const found = new Map([[process.versions.node, process.execPath]]);
  for (const node of path
    .split(':')
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file))) {
    const { exitCode, output } = await runProgram(node, ['--version'], { cwd: '/', timeoutMs: 10_000 });
    const version = output.trim().replace(/^v/, '');
    if (exitCode === 0 && semver.valid(version) && !found.has(version)) found.set(version, node);
  }
  return [...found].map(([version, node]) => ({ version, node }));
}

async function startsOn(place: Place, node: string): Promise<Pick<Row, 'outcome' | 'detail'>> {
  const service = await startService(place, node);
  if ('unstartable' in service) return { outcome: 'fails', detail: service.unstartable };
  try {
    const { status } = await fetch(`${service.url}/health`);
    return { outcome: status === 200 ? 'works' : 'fails', detail: `GET /health answered ${status}` };
  } finally {
    await service.stop();
  }
}

async function inBrowser(
  place: Place,
  { browser, name }: NonNullable<Awaited<ReturnType<typeof openBrowser>>>,
  pages: readonly string[],
): Promise<Row[]> {
  const service = await startService(place);
  if ('unstartable' in service)
    return [{ kind: 'browser', target: name, outcome: 'fails', detail: service.unstartable }];
  const errors: string[] = [];
  const tooWide = new Map(WIDTHS_PX.map((width) => [width, [] as string[]]));
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    for (const path of pages) {
      await page.goto(`${service.url}${path}#token=${service.token}`, { waitUntil: 'networkidle' });
      for (const width of WIDTHS_PX) {
        await page.setViewportSize({ width, height: HEIGHT_PX });
        const overflows = await page.evaluate<boolean>(OVERFLOWS);
        if (overflows) tooWide.get(width)?.push(path);
      }
    }
  } finally {
    await service.stop();
  }
  const viewports = [...tooWide].map(
    ([width, wide]): Row => ({
      kind: 'viewport',
      target: `${width} px`,
      outcome: wide.length === 0 ? 'works' : 'fails',
      detail: wide.length === 0 ? 'every page fits' : `wider than the window: ${wide.join(', ')}`,
    }),
  );
  const outcome = errors.length === 0 ? 'works' : 'fails';
  return [{ kind: 'browser', target: name, outcome, detail: errors[0] ?? 'no error on any page' }, ...viewports];
}
