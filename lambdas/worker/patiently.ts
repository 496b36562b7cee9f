// Bookkeeping calls around a task, tried again a few times when a passing fault meets them: a message that is put back
// is seen again only after its visibility time, which is far longer than any fault of this kind. What the call did
// before its reply was lost is found by reading the row, never assumed.

import { asIdeaMineError } from '../faults.ts';
import { sleep, type Timers } from './timers.ts';

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;

/** @throws what the last attempt threw; at once what is no passing fault. */
export async function patiently<T>(timers: Timers, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (attempt === ATTEMPTS || asIdeaMineError(thrown).code !== 'IdeaMine.Transient') throw thrown;
    }
    await sleep(timers, FIRST_DELAY_MS * 2 ** (attempt - 1), new AbortController().signal);
  }
}
