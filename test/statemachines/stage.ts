// The machines on a world of their own: the real definitions on the real interpreter, with handlers played by the test.
// Virtual time; nothing else of IdeaMine is there.

import { openWorld, type World } from '../../local/world.ts';
import type { CalledHandler, Definition, NestedMachine } from '../../statemachines/asl.ts';

// biome-ignore lint/suspicious/noExplicitAny: payloads are checked by what the machines do with them
export type Handler = (payload: any) => unknown;

export interface Stage {
  readonly world: World;
  /** Payloads each handler was called with, in order. */
  readonly calls: readonly { readonly handler: string; readonly payload: unknown }[];
  /** Runs a machine to its end. */
  run(machine: string, input: object): Promise<Ended>;
  close(): Promise<void>;
}

interface Ended {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  // biome-ignore lint/suspicious/noExplicitAny: an execution's output
  readonly output?: any;
  /** Names of the states that were entered, in order. */
  readonly entered: readonly string[];
}

/** Thrown by a handler played here: what Lambda would answer with. */
export class HandlerError extends Error {}

const START = Date.parse('2026-11-22T00:00:00Z');

export async function openStage(
  machines: Readonly<Record<string, Definition>>,
  handlers: Readonly<Partial<Record<CalledHandler, Handler>>>,
): Promise<Stage> {
  const calls: { handler: string; payload: unknown }[] = [];
  const invoke = ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) => {
    const handler = FunctionName.split(':').at(-1) as CalledHandler;
    const payload = JSON.parse(Buffer.from(Payload).toString());
    calls.push({ handler, payload });
    try {
      const answer = handlers[handler]?.(payload) ?? null;
      return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(answer)) };
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      const told = { errorType: error.message, errorMessage: 'as the test wants it' };
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(told)) };
    }
  };
  const world = await openWorld({
    clock: { kind: 'virtual', start: START },
    region: 'eu-west-1',
    accountId: '111122223333',
    services: () => [{ name: 'Lambda', operations: { Invoke: invoke }, boot: () => {} }],
  });
  for (const [name, definition] of Object.entries(machines)) {
    await world.call('SFN', 'CreateStateMachine', {
      name,
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::111122223333:role/machines',
    });
  }
  return {
    world,
    calls,
    run: (machine, input) => runToEnd(world, machine, input),
    close: () => world.close(),
  };
}

const machineArn = (name: NestedMachine | 'run'): string =>
  `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;

async function runToEnd(world: World, machine: string, input: object): Promise<Ended> {
  const { executionArn } = await world.call('SFN', 'StartExecution', {
    stateMachineArn: machineArn(machine as NestedMachine),
    input: JSON.stringify(input),
  });
  await world.run(() => false);
  const { status, error, cause, output } = await world.call('SFN', 'DescribeExecution', { executionArn });
  const { events } = await world.call('SFN', 'GetExecutionHistory', { executionArn, maxResults: 1000 });
  return {
    status,
    error,
    cause,
    output: output === undefined ? undefined : JSON.parse(output),
    // biome-ignore lint/suspicious/noExplicitAny: history events
    entered: events.flatMap((event: any) => event.stateEnteredEventDetails?.name ?? []),
  };
}
