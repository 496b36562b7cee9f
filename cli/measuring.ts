// How tools run in a home, kept beside its store: a run that is resumed is measured as it was begun.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from './home.ts';
import type { LocalBuilds } from './local-builds.ts';

export interface Measuring extends LocalBuilds {
  /** No tool is run; recorded measurements are all there is. */
  readonly replay: boolean;
}

const schema = z.strictObject({ trusted: z.boolean(), example: z.boolean(), replay: z.boolean() });
/** Code of unknown origin is isolated or not run. */
const CAREFUL: Measuring = { trusted: false, example: false, replay: false };

const fileOf = (home: Home): string => join(home.dir, 'measuring.json');

export function keepMeasuring(home: Home, measuring: Measuring): Measuring {
  writeFileSync(fileOf(home), `${JSON.stringify(measuring)}\n`);
  return measuring;
}

export function measuringOf(home: Home): Measuring {
  if (!existsSync(fileOf(home))) return CAREFUL;
  try {
    return schema.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    // Cut off by a kill.
    return CAREFUL;
  }
}
