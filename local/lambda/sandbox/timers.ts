// setTimeout and its kin on the world's timers, as globals and as node:timers and node:timers/promises.

import type { Timer } from '../../service.ts';
import type { SandboxHost } from './host.ts';

type Work = (...parameters: unknown[]) => void;

export interface SandboxTimers {
  readonly globals: Readonly<Record<string, unknown>>;
  readonly promises: Readonly<Record<string, unknown>>;
}

class Handle {
  timer: Timer | undefined;
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  refresh(): this {
    return this;
  }
  close(): this {
    this.timer?.cancel();
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
  [Symbol.dispose](): void {
    this.timer?.cancel();
  }
}

export function sandboxTimers(host: SandboxHost): SandboxTimers {
  const handles = new Map<number, WeakRef<Handle>>();
  let next = 1;
  const start = (work: Work, ms: unknown, repeat: boolean, parameters: unknown[], least = 1): Handle => {
    if (typeof work !== 'function') {
      const error = new TypeError('The "callback" argument must be of type function.');
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    const handle = new Handle(next++);
    const known = new WeakRef(handle);
    const given = Math.trunc(Number(ms));
    // As in Node: below 1, beyond 2^31-1 and NaN all mean 1 ms.
    const delay = given >= 1 && given <= 2 ** 31 - 1 ? given : least;
    const arm = () => {
      handles.set(handle.id, known);
      handle.timer = host.setTimer(host.now() + delay, () => {
        if (repeat) arm();
        else handles.delete(handle.id);
        try {
          work(...parameters);
        } catch (error) {
          host.uncaught(error);
        }
      });
    };
    arm();
    handle.refresh = () => {
      handle.timer?.cancel();
      arm();
      return handle;
    };
    if (handles.size > 1024) for (const [id, ref] of handles) if (!ref.deref()) handles.delete(id);
    return handle;
  };
  const clear = (handle: unknown): void => {
    const found = handle instanceof Handle ? handle : handles.get(Number(handle))?.deref();
    found?.timer?.cancel();
    if (found) handles.delete(found.id);
  };
  const sleep = (
    ms?: unknown,
    value?: unknown,
    options?: { readonly signal?: AbortSignal },
    least = 1,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const signal = options?.signal;
      const aborted = () =>
        Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' });
      if (signal?.aborted) {
        reject(aborted());
        return;
      }
      const stop = () => {
        clear(handle);
        reject(aborted());
      };
      const handle = start(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve(value);
        },
        ms,
        false,
        [],
        least,
      );
      signal?.addEventListener('abort', stop, { once: true });
    });
  const globals = {
    setTimeout: (work: Work, ms?: unknown, ...parameters: unknown[]) => start(work, ms, false, parameters),
    setInterval: (work: Work, ms?: unknown, ...parameters: unknown[]) => start(work, ms, true, parameters),
    setImmediate: (work: Work, ...parameters: unknown[]) => start(work, 0, false, parameters, 0),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  };
  const promises = {
    setTimeout: (ms?: unknown, value?: unknown, options?: { signal?: AbortSignal }) => sleep(ms, value, options),
    setImmediate: (value?: unknown, options?: { signal?: AbortSignal }) => sleep(0, value, options, 0),
    scheduler: {
      wait: (ms?: unknown, options?: { signal?: AbortSignal }) => sleep(ms, undefined, options),
      yield: () => sleep(0),
    },
    async *setInterval(ms?: unknown, value?: unknown) {
      for (;;) yield await sleep(ms, value);
    },
  };
  // util.promisify(setTimeout) takes the promised form.
  const promisify = Symbol.for('nodejs.util.promisify.custom');
  Object.assign(globals.setTimeout, { [promisify]: promises.setTimeout });
  Object.assign(globals.setImmediate, { [promisify]: promises.setImmediate });
  return { globals, promises };
}
