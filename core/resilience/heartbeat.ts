// When a worker is silent for too long. Only a claimed task can stall: waiting in a queue is no stall.

/** How often a worker beats. */
const BEAT_MS = 60_000;

/** Beats that may be missed before a claimed task is taken away (spec §3). */
const SILENT_BEATS = 3;
/** Scanners are silent for longer while they work. */
const SILENT_BEATS_OF: Readonly<Record<string, number>> = { security: 5 };

/** Age of the last beat from which a claim is stale, ms. */
export function staleAfterMs(phase: string, beatMs = BEAT_MS): number {
  return beatMs * (Object.hasOwn(SILENT_BEATS_OF, phase) ? (SILENT_BEATS_OF[phase] ?? SILENT_BEATS) : SILENT_BEATS);
}

export interface Claimed {
  readonly status: string;
  readonly phase: string;
  /** Epoch ms of the last beat, or of the claim when there was none yet. */
  readonly heartbeatAt: number;
}

export function isStalled({ status, phase, heartbeatAt }: Claimed, now: number, beatMs = BEAT_MS): boolean {
  return status === 'claimed' && now - heartbeatAt >= staleAfterMs(phase, beatMs);
}
