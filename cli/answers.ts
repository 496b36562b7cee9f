// Answers to gates, left for the process that carries a run on this machine: it alone may write to the store, so an answer given
// in another terminal waits in the run's folder until that process, or the next `ideamine resume`, takes it.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../core/json.ts';

/** Where the answers to a run's gates are left. */
export const answersIn = (runDir: string): string => join(runDir, 'answers');

/** Written beside and renamed, so that nobody reads half of it. A later answer takes the place of an earlier one. */
export function leaveAnswer(dir: string, phase: string, answer: Json): void {
  mkdirSync(dir, { recursive: true });
  const draft = join(dir, `.${phase}.draft`);
  writeFileSync(draft, `${JSON.stringify(answer, null, 2)}\n`);
  renameSync(draft, fileOf(dir, phase));
}

/** @returns undefined when there is none, or what is there is no JSON. */
export function takeAnswer(dir: string, phase: string): Json | undefined {
  const file = fileOf(dir, phase);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const fileOf = (dir: string, phase: string): string => join(dir, `${phase}.json`);
