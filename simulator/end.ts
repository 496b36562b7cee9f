// What is left when everything has come to rest, for the invariants that look at the whole.

import { hashOf, sha256 } from '../core/json.ts';
import type { Assembly } from '../local/assembly.ts';
import type { World } from '../local/world.ts';
import { objects } from '../store/keys.ts';
import { type Bucket, getText } from '../store/objects.ts';
import type { EndView, Row, View } from './invariants/invariant.ts';
import type { Scenario } from './scenario.ts';

export interface Rest {
  readonly world: World;
  readonly assembly: Assembly;
  readonly bucket: Bucket;
  readonly scenario: Scenario;
  readonly stopped: boolean;
  readonly undisturbed?: string;
}

export async function endView(view: View, rest: Rest): Promise<EndView> {
  const { Schedules } = await rest.world.call('Scheduler', 'ListSchedules', {});
  const recurring = declaredSchedules(rest.assembly);
  return {
    ...view,
    schedules: (Schedules as { Name: string }[]).map(({ Name }) => Name).filter((name) => !recurring.has(name)),
    queued: await queued(rest),
    missingObjects: await missingObjects(view, rest.bucket),
    stopped: rest.stopped,
    budgetUsdMicros: rest.scenario.budgetUsdMicros ?? rest.scenario.pinned.pipeline.budget.usdMicros,
    artifacts: artifactsOf(view),
    ...(rest.undisturbed === undefined ? {} : { undisturbed: rest.undisturbed }),
  };
}

export const artifactsOf = (view: View): string =>
  hashOf(
    view
      .of('ARTIFACT')
      .map(({ type, sha256: hash }): [string, string] => [type, hash])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Schedules that are part of the stack. */
function declaredSchedules(assembly: Assembly): Set<string> {
  const declared = [...assembly.resources.values()].filter(({ type }) => type === 'AWS::Scheduler::Schedule');
  return new Set(declared.map(({ ref }) => ref.split(/[/|]/).at(-1) as string));
}

const COUNTS = ['', 'NotVisible', 'Delayed'].map((part) => `ApproximateNumberOfMessages${part}`);

async function queued({ world, assembly }: Rest): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type, ref } of assembly.resources.values()) {
    if (type !== 'AWS::SQS::Queue') continue;
    const { Attributes } = await world.call('SQS', 'GetQueueAttributes', { QueueUrl: ref, AttributeNames: ['All'] });
    counts[ref.split('/').at(-1) as string] = COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }
  return counts;
}

async function missingObjects(view: View, bucket: Bucket): Promise<string[]> {
  const missing: string[] = [];
  for (const [key, hash] of referred(view)) {
    const text = await getText(bucket, key);
    if (text === undefined || sha256(text) !== hash) missing.push(key);
  }
  return missing;
}

function referred(view: View): Map<string, string> {
  const found = new Map<string, string>();
  const add = (key: string | undefined, hash: string | undefined) => {
    if (key !== undefined && hash !== undefined) found.set(key, hash);
  };
  for (const { runId, result } of view.of('TASK')) add(result && objects.payload(runId, result.sha256), result?.sha256);
  for (const { runId, sha256: hash } of view.of('ARTIFACT')) add(objects.artifact(runId, hash), hash);
  for (const { report } of view.of('ATTEMPT')) add(report?.key, report?.sha256);
  for (const { dossier } of view.of('RUN') as readonly Row[]) add(dossier?.json, dossier?.sha256);
  return found;
}
