// Memoised steps: what a task has finished is not done again. Each step is committed by itself, under the lease, before
// the agent sees its result.

import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { Bucket } from '../../store/objects.ts';
import { commitStep, type Step, startStep } from '../../store/steps.ts';
import type { Table } from '../../store/table.ts';
import type { Keeper } from './lease-keeper.ts';
import { Stopped } from './stop.ts';

export type FinishedStep = Pick<Step, 'name' | 'runs'>;

export interface Memo {
  step<T>(name: string, fn: () => Promise<T> | T): Promise<T>;
  /** The finished steps and how often each was started, in order of finishing. */
  finished(): readonly FinishedStep[];
  /** The last step that was finished before this invocation, or null. */
  readonly resumed: string | null;
}

export interface MemoDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly now: () => string;
}

export function createMemo(deps: MemoDeps, keeper: Keeper, variant: string, known: readonly Step[]): Memo {
  const values = new Map<string, Json>(known.map((step) => [step.name, step.value]));
  const order: FinishedStep[] = known.map(({ name, runs }) => ({ name, runs }));
  const used = new Set<string>();
  let seq = known.at(-1)?.seq ?? 0;
  return {
    resumed: known.at(-1)?.name ?? null,
    finished: () => order,
    async step<T>(name: string, fn: () => Promise<T> | T): Promise<T> {
      if (used.has(name)) {
        throw new IdeaMineError('IdeaMine.AgentBroken', `step ${name} is used twice in one task`);
      }
      used.add(name);
      const remembered = values.get(name);
      if (remembered !== undefined) return structuredClone(remembered) as T;
      keeper.signal.throwIfAborted();
      const lost = (): never => {
        keeper.stop('lost');
        throw new Stopped('lost');
      };
      if (!(await keeper.write(() => startStep(deps.table, keeper.lease, variant, name)))) lost();
      const value = (await fn()) ?? null;
      seq += 1;
      // What the agent sees is what a resumed task would see.
      const step = { name, seq, value: JSON.parse(canonicalJson(value)) as Json };
      const runs = await keeper.write(() =>
        commitStep(deps.table, deps.bucket, keeper.lease, variant, step, deps.now()),
      );
      if (runs === undefined) return lost();
      values.set(name, step.value);
      order.push({ name, runs });
      return structuredClone(step.value) as T;
    },
  };
}
