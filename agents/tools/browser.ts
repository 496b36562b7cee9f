// A browser that is on this machine, driven by Playwright. None is downloaded.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { Place } from './tool.ts';

/** The programs themselves come before the scripts that start them, which read settings of the machine. */
const PROGRAMS = [
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

export const NO_BROWSER = 'there is no Chromium on this machine: install the package chromium';

export interface Opened {
  readonly browser: Browser;
  /** Such as `chromium 141.0.7390.54`. */
  readonly name: string;
}

/** @returns undefined when there is none. @throws Error when there is one that does not start. */
export async function openBrowser(place: Place): Promise<Opened | undefined> {
  const onPath = place.path.split(':').flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = [...PROGRAMS, ...onPath].find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({
    executablePath,
    // The build's sandbox is around it; its own needs rights that are given up there.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return { browser, name: `chromium ${browser.version()}` };
}
