// What is said of one piece of a run, and the rows it is said from.

import type { Pipeline } from '../../core/pipeline/model.ts';
import type { Snapshot } from '../snapshot.ts';

export interface Piece {
  /** Such as `phase prd`, or `task risk-analysis of critique`. */
  readonly piece: string;
  readonly state:
    | 'waits for its turn'
    | 'waits in the queue'
    | 'waits for its next try'
    | 'waits for a person'
    | 'is worked on'
    | 'is silent'
    | 'is under way'
    | 'is set aside'
    | 'failed'
    | 'was not reached'
    | 'did not end';
  /** For people. */
  readonly because: string;
  /** ISO time since when; absent when nothing marks it. */
  readonly since?: string;
  /** Error behind it, an ASL error name. */
  readonly code?: string;
}

/** The error a failure goes back to. */
export interface Began {
  readonly at: string;
  readonly piece: string;
  readonly code: string;
  readonly cause: string;
}

export interface Standing extends Snapshot {
  readonly pipeline: Pipeline;
}

export function ago(since: string | undefined, now: number): string {
  if (since === undefined) return 'for a time nobody noted';
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  if (seconds < 120) return `for ${seconds} s`;
  return seconds < 7200 ? `for ${Math.round(seconds / 60)} min` : `for ${(seconds / 3600).toFixed(1)} h`;
}
