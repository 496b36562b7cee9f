// A world with nothing in it but what a measurement makes, in memory or on a file, in virtual time.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorld, type World } from '../local/world.ts';
import type { Measured } from './definitions.ts';

export type Durability = 'memory' | 'durable';

export interface Engine {
  readonly world: World;
  createMachine(name: string, definition: object): Promise<string>;
  /** @returns the execution's ARN. */
  start(machineArn: string, input: unknown): Promise<string>;
  /** Runs until nothing is left to happen. */
  settle(): Promise<void>;
  /** @throws Error when the execution did not succeed: a figure of failed work would be worth nothing. */
  expectSuccess(executionArn: string): Promise<void>;
  close(): Promise<void>;
}

const START = Date.UTC(2026, 0, 1);
const ROLE = 'arn:aws:iam::000000000000:role/bench';

/** `file`: absent, a temporary one is made for 'durable' and removed at the end. */
export async function openEngine(durability: Durability, file?: string): Promise<Engine> {
  const dir =
    durability === 'durable' && file === undefined ? mkdtempSync(join(tmpdir(), 'ideamine-bench-')) : undefined;
  const world = await openWorld({
    file: dir ? join(dir, 'store.sqlite') : file,
    synchronous: 'full',
    clock: { kind: 'virtual', start: START },
  });
  return {
    world,
    async createMachine(name, definition) {
      const request = { name, definition: JSON.stringify(definition), roleArn: ROLE };
      return (await world.call('SFN', 'CreateStateMachine', request)).stateMachineArn;
    },
    async start(stateMachineArn, input) {
      const request = { stateMachineArn, input: JSON.stringify(input) };
      return (await world.call('SFN', 'StartExecution', request)).executionArn;
    },
    async settle() {
      await world.run(() => false);
    },
    async expectSuccess(executionArn) {
      const { status, error, cause } = await world.call('SFN', 'DescribeExecution', { executionArn });
      if (status !== 'SUCCEEDED') throw new Error(`${executionArn} ended ${status}: ${error} ${cause}`);
    },
    async close() {
      await world.close();
      if (dir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Makes the machine and returns what runs it once, from StartExecution to its end. */
export async function runner(engine: Engine, name: string, measured: Measured): Promise<() => Promise<void>> {
  const machine = await engine.createMachine(name, measured.definition);
  return async () => {
    const execution = await engine.start(machine, measured.input);
    await engine.settle();
    await engine.expectSuccess(execution);
  };
}
