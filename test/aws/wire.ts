// The deployed stage of the wire tests, and the command on it.

import { type Connection, connect } from '../../cli/aws/connection.ts';
import { openDeployedStage } from '../../cli/aws/deployed-stage.ts';
import type { Stage } from '../../cli/stage.ts';
import { type Ended, ideamine, type TestHome } from '../cli/command.ts';

const STAGE = 'wire';
const ON_STAGE = ['--stage', STAGE] as const;

/** What the endpoint lacks, as options of `deploy`. */
export const LEFT_OUT: readonly string[] = Object.entries(
  JSON.parse(process.env.WIRE_CONTEXT ?? '{}') as Record<string, string>,
).flatMap(([key, value]) => ['--context', `${key}=${value}`]);

export interface Wire {
  readonly connection: Connection;
  readonly stage: Stage;
}

export async function openWire(name = STAGE): Promise<Wire> {
  const connection = await connect(undefined);
  return { connection, stage: await openDeployedStage(connection, name) };
}

export const onWire = (home: TestHome, ...args: readonly string[]): Promise<Ended> =>
  ideamine(home, ...args, ...ON_STAGE);

/** Asks until the answer is one; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined>, everyMs = 300): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
