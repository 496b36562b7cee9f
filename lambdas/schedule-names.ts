// Names of schedules, made from what they are for: creating one twice is creating it once.

import { sha256 } from '../core/json.ts';

export const SWEEP_SCHEDULE = 'stall-sweep';
export const SWEEP_RATE = 'rate(1 minute)';

/** Characters a schedule's name may have. */
const LONGEST = 64;

export function timerSchedule(runId: string, timer: string): string {
  const name = `${runId}-${timer}`.replaceAll(/[^0-9a-zA-Z-_.]/g, '-');
  return name.length <= LONGEST ? name : `${sha256(name).slice(0, 32)}-${timer}`.slice(0, LONGEST);
}
