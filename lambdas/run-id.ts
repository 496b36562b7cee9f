// A run's id is the name of its first execution, so whoever starts one knows it at once.

import { sha256 } from '../core/json.ts';

const PLAIN = /^[A-Za-z0-9_-]{1,80}$/;

/** A name with other characters is hashed: ids stand in keys, paths and schedule names. */
export function runIdOf(executionName: string): string {
  return PLAIN.test(executionName) ? executionName : `run-${sha256(executionName).slice(0, 32)}`;
}

/** The id a run execution works under, by its name and its input as it was given. */
export function runIdOfExecution(executionName: string, input: unknown): string {
  const resume = typeof input === 'object' && input !== null ? (input as { resume?: unknown }).resume : undefined;
  return typeof resume === 'string' ? resume : runIdOf(executionName);
}
