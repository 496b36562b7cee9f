// How often a worker beats, and after how much silence its task is taken away. Only a claimed task can fall silent:
// waiting in a queue is no stall.

/** A worker beats at least this often (spec §2). */
export const BEAT_MS = 60_000;

/** Beats that may be missed before a claimed task is taken away (spec §3); a phase may ask for more patience. */
const SILENT_BEATS = 3;

/** No claim is stale sooner. */
export const LEAST_STALE_MS = SILENT_BEATS * BEAT_MS;

/** Age of the last beat from which a claim is stale, ms. @param silentBeats as the phase says. */
export function staleAfterMs(silentBeats: number = SILENT_BEATS): number {
  return Math.max(SILENT_BEATS, silentBeats) * BEAT_MS;
}
