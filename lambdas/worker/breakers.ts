// A call of a tool or a model behind its circuit breaker. The breaker is read at most once a second and written only when
// it changes; a breaker that cannot be read or written stops nothing.

import { IdeaMineError } from '../../core/errors.ts';
import { ask, type Breaker, fail, OPEN_MS, succeed } from '../../core/resilience/circuit-breaker.ts';
import type { ErrorClass } from '../../core/retry/classes.ts';
import { classify } from '../../core/retry/classify.ts';
import { getBreaker, putBreaker, type SeenBreaker } from '../../store/breakers.ts';
import type { Table } from '../../store/table.ts';
import { asIdeaMineError } from '../faults.ts';
import { Stopped } from './stop.ts';

export interface Breakers {
  /** @throws IdeaMineError `IdeaMine.CircuitOpen` without making the call; otherwise what the call threw. */
  guard<T>(name: string, call: () => Promise<T>): Promise<T>;
}

const CACHE_MS = 1000;
const WRITES = 3;

/** What says that the other side is unwell. A poor answer or an empty purse says nothing about it. */
const UNWELL: ReadonlySet<ErrorClass> = new Set(['transient', 'tool-infrastructure', 'unknown', 'rate-limit']);

export function createBreakers(table: Table, now: () => string): Breakers {
  const cache = new Map<string, { seen: SeenBreaker; readAt: number }>();
  const ms = (): number => Date.parse(now());
  const quietly = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);

  const read = async (name: string, fresh: boolean): Promise<SeenBreaker | undefined> => {
    const known = cache.get(name);
    if (!fresh && known !== undefined && ms() - known.readAt < CACHE_MS) return known.seen;
    const seen = await quietly(getBreaker(table, name));
    if (seen !== undefined) cache.set(name, { seen, readAt: ms() });
    return seen;
  };
  /** Applies `change` to the newest state; a second writer looks again. */
  const apply = async (name: string, fresh: boolean, change: (breaker: Breaker) => Breaker): Promise<void> => {
    for (let write = 0; write < WRITES; write += 1) {
      const seen = await read(name, fresh || write > 0);
      if (seen === undefined) return;
      const next = change(seen.breaker);
      if (next === seen.breaker) return;
      const done = await quietly(putBreaker(table, name, seen, next, now()));
      if (done !== false) {
        cache.delete(name);
        return;
      }
    }
  };
  const mayCall = async (name: string): Promise<boolean> => {
    const seen = await read(name, false);
    if (seen === undefined) return true;
    const asked = ask(seen.breaker, ms());
    if (!asked.allowed || asked.breaker === seen.breaker) return asked.allowed;
    cache.delete(name);
    return (await quietly(putBreaker(table, name, seen, asked.breaker, now()))) === true;
  };
  return {
    async guard(name, call) {
      if (!(await mayCall(name))) {
        throw new IdeaMineError(
          'IdeaMine.CircuitOpen',
          `${name} failed several times in a row: no call for ${OPEN_MS / 1000} s`,
          {
            retryable: true,
          },
        );
      }
      try {
        const value = await call();
        await apply(name, false, succeed);
        return value;
      } catch (thrown) {
        const { code } = asIdeaMineError(thrown);
        if (!(thrown instanceof Stopped) && UNWELL.has(classify(code))) {
          await apply(name, true, (breaker) => fail(breaker, code, ms()));
        }
        throw thrown;
      }
    },
  };
}
