// A whole run on the synthesized template in virtual time, and what it left: rows, events, ledger, artifacts, evidence packs.

import type { Json } from '../../core/json.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import type { Assembly } from '../../local/assembly.ts';
import { openWorld } from '../../local/world.ts';
import { getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import { type EventRow, readEvents } from '../../store/events.ts';
import { readLedger } from '../../store/ledger.ts';
import { getObject } from '../../store/payload.ts';
import { listPhases, type PhaseRow } from '../../store/phases.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';

export interface Carried {
  readonly status: string;
  readonly phases: readonly PhaseRow[];
  readonly tasks: readonly TaskRow[];
  readonly events: readonly EventRow[];
  readonly ledger: readonly LedgerEntry[];
  /** By type. */
  readonly contents: ReadonlyMap<string, Json>;
  /** Of each phase's last gate. */
  readonly evidence: ReadonlyMap<string, Json>;
}

const RUN = 'run-1';
const HOUR = 3_600_000;
const MOST_HOURS = 60;

export async function carry(
  assembly: Assembly,
  idea: string,
  gates: 'advise' | 'enforce' = 'advise',
): Promise<Carried> {
  const world = await openWorld({ assembly, clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) }, seed: 1 });
  try {
    const { executionArn } = await world.call('SFN', 'StartExecution', {
      stateMachineArn: assembly.outputs.RunMachineArn,
      name: RUN,
      input: JSON.stringify({ idea, gates }),
    });
    let status = 'RUNNING';
    for (let hour = 0; hour < MOST_HOURS && status === 'RUNNING'; hour += 1) {
      await world.run(() => false, { deadline: world.fabric.clock.now() + HOUR });
      ({ status } = await world.call('SFN', 'DescribeExecution', { executionArn }));
    }
    // What follows the end: the stream's last records.
    await world.run(() => false, { deadline: world.fabric.clock.now() + HOUR });
    const { DynamoDBClient } = world.sdk('@aws-sdk/client-dynamodb');
    const { DynamoDBDocumentClient } = world.sdk('@aws-sdk/lib-dynamodb');
    const { S3Client } = world.sdk('@aws-sdk/client-s3');
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const table = { documents, name: assembly.outputs.TableName as string };
    const bucket = { client: new S3Client({}), name: assembly.outputs.BucketName as string };
    const ledger = await readLedger({ documents, name: assembly.outputs.LedgerTableName as string }, RUN);
    const artifacts = await listArtifacts(table, RUN);
    const contents = await Promise.all(
      artifacts.map(async (row) => [row.type, (await getEnvelope(bucket, RUN, row)).content] as const),
    );
    const gated = ledger
      .filter(({ kind }) => kind === 'gate')
      .map(({ body }) => body as { phase: string; evidence: string });
    const evidence = await Promise.all(
      gated.map(
        async ({ phase, evidence: sha256 }) => [phase, await getObject(bucket, RUN, { sha256, bytes: 0 })] as const,
      ),
    );
    return {
      status,
      phases: await listPhases(table, RUN),
      tasks: await listTasks(table, RUN),
      events: await readEvents(table, RUN),
      ledger,
      contents: new Map(contents),
      evidence: new Map(evidence),
    };
  } finally {
    await world.close();
  }
}
