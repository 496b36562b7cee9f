// How often a worker beats, and after how much silence its task is taken away. Only a claimed task can fall silent:
// waiting in a queue is no stall.

/** A worker beats at least this often (spec §2). */
export const BEAT_MS = 60_000;

/** Beats that may be missed before a claimed task is taken away (spec §3). */
const SILENT_BEATS = 3;
/** Scanners are silent for longer while they work. */
const SILENT_BEATS_OF: Readonly<Record<string, number>> = { security: 5 };

/** No claim is stale sooner. */
export const LEAST_STALE_MS = SILENT_BEATS * BEAT_MS;

/** Age of the last beat from which a claim is stale, ms. */
export function staleAfterMs(phase: string): number {
  const beats = Object.hasOwn(SILENT_BEATS_OF, phase) ? SILENT_BEATS_OF[phase] : undefined;
  return (beats ?? SILENT_BEATS) * BEAT_MS;
}
