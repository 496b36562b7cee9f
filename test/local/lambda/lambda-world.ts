// A world in virtual time with functions made from text, and a way to invoke them.

import { afterEach } from '@jest/globals';
import { type LogEntry, openWorld, type World, type WorldOptions } from '../../../local/world.ts';
import { codeFolder } from './code-folder.ts';

export const START = Date.UTC(2026, 0, 1);

const opened: World[] = [];

afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

export interface TestWorld {
  readonly world: World;
  readonly log: LogEntry[];
  /** Makes a function; `code` is CommonJS text of index.js. */
  make(name: string, code: string | Readonly<Record<string, string>>, more?: object): Promise<void>;
  /** Invokes and waits for the answer: the parsed payload and the error flag. */
  // biome-ignore lint/suspicious/noExplicitAny: what the function answers
  invoke(name: string, event?: unknown): Promise<{ payload: any; failed: string | undefined; at: number }>;
  /** Lets time pass, with all that happens in it. */
  pass(seconds: number): Promise<void>;
  /** Runs until the promise is settled, and gives what it gives. */
  settled<T>(promise: Promise<T>): Promise<T>;
}

export async function testWorld(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const log: LogEntry[] = [];
  const world = await openWorld({
    clock: { kind: 'virtual', start: START },
    onLog: (entry) => log.push(entry),
    ...options,
  });
  opened.push(world);
  const settled = async <T>(promise: Promise<T>): Promise<T> => {
    let done = false;
    const finish = () => {
      done = true;
    };
    promise.then(finish, finish);
    const result = await world.run(() => done);
    if (result !== 'done') throw new Error(`nothing is left to happen (${result}) and the promise is not settled`);
    return promise;
  };
  return {
    world,
    log,
    settled,
    pass: async (seconds) => {
      const { clock, timers } = world.fabric;
      const end = clock.now() + seconds * 1000;
      timers.set(end, () => {});
      await world.run(() => false, { deadline: end });
    },
    make: async (name, code, more = {}) => {
      await world.call('Lambda', 'CreateFunction', {
        FunctionName: name,
        Code: { LocalPath: codeFolder(code) },
        ...more,
      });
    },
    invoke: async (name, event = {}) => {
      const answer = await settled(
        world.call('Lambda', 'Invoke', { FunctionName: name, Payload: JSON.stringify(event) }),
      );
      const payload = JSON.parse(Buffer.from(answer.Payload).toString());
      return { payload, failed: answer.FunctionError, at: world.fabric.clock.now() };
    },
  };
}
