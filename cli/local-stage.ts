// A stage on this machine: the synthesized app, loaded into an in-process AWS on one store file.

import { readAssembly } from '../local/assembly.ts';
import type { ClockChoice } from '../local/clock.ts';
import { openWorld, type World } from '../local/world.ts';
import type { Home } from './home.ts';
import { localBuilds } from './local-builds.ts';
import type { Measuring } from './measuring.ts';
import { modelVariables } from './model-environment.ts';
import { output, type Stage } from './stage.ts';

export interface LocalStageOptions {
  readonly assemblyDir: string;
  readonly clock: ClockChoice;
  readonly seed?: number;
  /** Absent: nothing is kept. */
  readonly home?: Home;
  /** Only looks, also while another process runs there. */
  readonly reading?: boolean;
  /** How tools run there, in real time; not at all when they are only replayed. */
  readonly measuring?: Measuring;
  /** Gets the functions' log lines. */
  readonly onLog?: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Builds take real time, and nothing runs where one only looks. */
const builds = ({ clock, reading, measuring }: LocalStageOptions): boolean =>
  clock.kind === 'real' && reading !== true && measuring?.replay !== true;

export interface LocalStage extends Stage {
  readonly world: World;
}

/** @throws Error naming the process that holds the store. */
export async function openLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const assembly = readAssembly(options.assemblyDir, undefined, { accountId: '000000000000', region: 'us-east-1' });
  const world = await openWorld({
    assembly,
    file: options.home?.store ?? ':memory:',
    clock: options.clock,
    seed: options.seed,
    reading: options.reading,
    onLog: options.onLog,
    variables: options.clock.kind === 'real' ? modelVariables(assembly.outputs, process.env) : {},
    ...(builds(options) ? { services: localBuilds(options.measuring ?? { trusted: false, example: false }) } : {}),
  });
  const { outputs } = assembly;
  const { DynamoDBClient } = world.sdk('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = world.sdk('@aws-sdk/lib-dynamodb');
  const { S3Client } = world.sdk('@aws-sdk/client-s3');
  const { SFNClient } = world.sdk('@aws-sdk/client-sfn');
  const { LambdaClient } = world.sdk('@aws-sdk/client-lambda');
  const s3 = new S3Client({});
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    world,
    outputs,
    table: { documents, name: output(outputs, 'TableName') },
    ledger: { documents, name: output(outputs, 'LedgerTableName') },
    bucket: { client: s3, name: output(outputs, 'BucketName') },
    sealed: { client: s3, name: output(outputs, 'SealedBucketName') },
    states: new SFNClient({}),
    functions: new LambdaClient({}),
    now: () => world.fabric.clock.now(),
    pause: async (ms) => {
      await world.run(() => false, { deadline: world.fabric.clock.now() + ms });
    },
  };
}
