// A world with a scenario's pipeline deployed and pushed, its agents drawn, its faults ready, watched.

import type { Assembly } from '../local/assembly.ts';
import { openWorld, type World } from '../local/world.ts';
import type { Bucket } from '../store/objects.ts';
import { setCurrentPipeline } from '../store/pipelines.ts';
import { faultKinds } from './faults/catalogue.ts';
import { createInjector, type Injector } from './faults/injector.ts';
import type { Invariant } from './invariants/invariant.ts';
import type { Scenario } from './scenario.ts';
import { deployed, type Redefine } from './stage/assembly.ts';
import type { SimulatedStage } from './stage/open-stage.ts';
import { createWatch, type Watch } from './watch.ts';

export interface Simulation {
  readonly world: World;
  readonly assembly: Assembly;
  readonly bucket: Bucket;
  readonly watch: Watch;
  readonly injector: Injector;
  /** Bodies of the first messages of work. */
  readonly sent: readonly string[];
  /** Starts an execution of the run machine; faults strike from the first one on. @returns its ARN. */
  start(name: string, input: object): Promise<string>;
}

export interface SimulationOptions {
  readonly invariants: readonly Invariant[];
  readonly redefine?: Redefine;
  /** SQLite file; in memory when absent. */
  readonly file?: string;
  readonly onLog?: (entry: Readonly<Record<string, unknown>>) => void;
}

export const START = Date.UTC(2026, 0, 1);

export async function openSimulation(
  stage: SimulatedStage,
  scenario: Scenario,
  { invariants, redefine, file, onLog }: SimulationOptions,
): Promise<Simulation> {
  const assembly = deployed(stage.base, {
    pinned: scenario.pinned,
    handlers: stage.handlers,
    variables: { SIMULATION: JSON.stringify({ ...scenario.behaviour, model: modelFaults(scenario) }) },
    ...(redefine === undefined ? {} : { redefine }),
  });
  let now = () => START;
  const sent: string[] = [];
  const watch: Watch = createWatch(
    invariants,
    assembly.outputs.LedgerTableName as string,
    () => now(),
    (kind) => injector.count(kind),
  );
  const injector = createInjector(scenario, (call) => {
    watch.call(call);
    if (sent.length === 0 && call.service === 'SQS' && call.operation === 'SendMessage')
      sent.push(String((call.input as { MessageBody?: string }).MessageBody));
  });
  const world = await openWorld({
    assembly,
    clock: { kind: 'virtual', start: START },
    seed: scenario.seed,
    faults: injector,
    observer: watch,
    modules: stage.handlers.modules,
    ...(file === undefined ? {} : { file, synchronous: 'normal' }),
    onLog: (entry) => {
      if (entry.kind === 'output') watch.line(String(entry.text));
      onLog?.(entry);
    },
  });
  now = () => world.fabric.clock.now();
  const { S3Client } = world.sdk('@aws-sdk/client-s3');
  const bucket = { client: new S3Client({}), name: assembly.outputs.BucketName as string };
  await setCurrentPipeline(bucket, scenario.pinned);
  return {
    world,
    assembly,
    bucket,
    watch,
    injector,
    sent,
    async start(name, input) {
      injector.arm();
      const { executionArn } = await world.call('SFN', 'StartExecution', {
        stateMachineArn: assembly.outputs.RunMachineArn,
        name,
        input: JSON.stringify(input),
      });
      return executionArn;
    },
  };
}

function modelFaults({ faults }: Scenario): Record<string, number> {
  const kinds = faults.map(({ kind }) => faultKinds.get(kind));
  return Object.fromEntries(kinds.flatMap((kind) => (kind?.at === 'model' ? [[kind.id, kind.share]] : [])));
}
