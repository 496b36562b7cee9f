// Every alarm has its runbook and every runbook its alarm; every metric that is watched is one that AWS writes or that our
// functions were seen to write, under the dimensions it is watched by.

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { METRICS_NAMESPACE } from '../../core/metrics/emitted.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { total } from '../../infra/observability/alarm.ts';
import { functionGroups } from '../../infra/observability/things.ts';
import { ofQueue } from '../../infra/observability/watched.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { readAssembly } from '../../local/assembly.ts';
import { openWorld } from '../../local/world.ts';
import { OUTBOX } from '../../store/keys.ts';
import { root, synthesize } from './synthesize.ts';

interface MetricStat {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

interface Alarm extends Partial<MetricStat> {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly TreatMissingData: string;
  readonly AlarmActions?: readonly string[];
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: MetricStat } }[];
}

const bundles = bundleHandlers({
  handlers: join(root, 'lambdas'),
  into: mkdtempSync(join(tmpdir(), 'ideamine-bundles-')),
  pipeline: pinPipeline(readPipeline(join(root, 'pipelines/idea-to-release.yaml'))),
});
const alarmsOf = (dir: string): Alarm[] =>
  [...readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' }).resources.values()]
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => properties as unknown as Alarm);

const { dir } = synthesize({ spendUsdPerHour: '7.5' }, bundles);
const alarms = alarmsOf(dir);
const kindOf = ({ AlarmDescription }: Alarm): string => /docs\/runbook\/(.+)\.md$/.exec(AlarmDescription)?.[1] ?? '';
const watched: MetricStat[] = alarms.flatMap(({ Metrics, ...alarm }) =>
  alarm.MetricName === undefined
    ? (Metrics ?? []).flatMap(({ MetricStat: stat }) => (stat === undefined ? [] : [stat.Metric]))
    : [alarm as MetricStat],
);

describe('runbooks', () => {
  const pages = readdirSync(join(root, 'docs/runbook'))
    .filter((file) => file !== 'README.md')
    .map((file) => file.replace(/\.md$/, ''));

  it('are as many as there are kinds of alarms, by their names', () => {
    expect([...new Set(alarms.map(kindOf))].toSorted()).toEqual(pages.toSorted());
  });

  it.each(pages)('%s says what has happened, where to look and what to do', (page) => {
    const text = readFileSync(join(root, 'docs/runbook', `${page}.md`), 'utf8');
    expect(text).toMatch(new RegExp(`^# .+\n\nAlarm \`${page}\`\\. [^]+\n## Look\n\n1\\. [^]+\n## Do\n\n- `));
    expect(readFileSync(join(root, 'docs/runbook/README.md'), 'utf8')).toContain(`](${page}.md)`);
  });
});

describe('alarms', () => {
  it('are named by stage, say in a sentence what has happened, and are silent where nothing ran', () => {
    for (const { AlarmName, AlarmDescription, TreatMissingData, AlarmActions } of alarms) {
      expect(AlarmName).toMatch(/^ideamine-dev-[a-z-]+$/);
      expect(AlarmDescription).toMatch(/^[A-Z].{30,}\. What to do: docs\/runbook\//);
      expect(TreatMissingData).toBe('notBreaching');
      expect(AlarmActions).toBeUndefined();
    }
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(alarms.length);
  });

  it('tell a topic that is given, name runbooks at a given address, and take the spend to watch for', () => {
    const alarmTopic = 'arn:aws:sns:eu-west-1:111122223333:on-duty';
    const told = alarmsOf(synthesize({ alarmTopic, runbooks: 'https://example.com/runbook' }).dir);
    expect(told.length).toBe(alarms.length);
    for (const { AlarmActions, AlarmDescription } of told) {
      expect(AlarmActions).toEqual([alarmTopic]);
      expect(AlarmDescription).toContain('https://example.com/runbook/');
    }
    expect(alarms.find((alarm) => kindOf(alarm) === 'spend-rate')).toMatchObject({ Threshold: 7.5 });
  });

  it('watch every function, each by its own time limit', () => {
    const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });
    const functions = [...assembly.resources.values()].filter(({ type }) => type === 'AWS::Lambda::Function');
    for (const { ref, properties } of functions) {
      const watching = alarms.filter(({ Metrics }) =>
        Metrics?.some(({ MetricStat: stat }) => stat?.Metric.Dimensions.some(({ Value }) => Value === ref)),
      );
      expect({ ref, kinds: [...new Set(watching.map(kindOf))] }).toEqual({
        ref,
        kinds: expect.arrayContaining(['function-errors', 'function-throttles', 'function-duration']),
      });
      const text = JSON.stringify(watching.filter((alarm) => kindOf(alarm) === 'function-duration'));
      // Percent of a duration in ms: the limit in seconds, times ten.
      expect(text).toContain(`/ ${Number(properties.Timeout) * 10}`);
    }
    expect(functionGroups().flatMap(([, names]) => names)).toHaveLength(functions.length);
  });

  it('are not made of more metrics than AWS lets one watch', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => ofQueue('m', 'Sum', `q${index}`));
    expect(() => total(eleven, 'queues')).toThrow('alarm on queues: found 11 metrics, expected 10 at most');
    for (const { Metrics = [] } of alarms) expect(Metrics.length).toBeLessThanOrEqual(11);
  });
});

/** Names and dimensions as AWS documents them for each service. */
const WRITTEN_BY_AWS: Readonly<Record<string, readonly string[]>> = {
  'AWS/States by StateMachineArn': ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionThrottled'],
  'AWS/SQS by QueueName': ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
  'AWS/Lambda by FunctionName': ['Errors', 'Throttles', 'Duration', 'IteratorAge'],
  'AWS/DynamoDB by TableName': ['ReadThrottleEvents', 'WriteThrottleEvents'],
  'AWS/DynamoDB by GlobalSecondaryIndexName+TableName': ['ReadThrottleEvents', 'WriteThrottleEvents'],
  'AWS/Scheduler by ScheduleGroup': ['InvocationDroppedCount'],
};

describe('what is watched', () => {
  const placeOf = ({ Namespace, Dimensions }: MetricStat) =>
    `${Namespace} by ${Dimensions.map(({ Name }) => Name)
      .toSorted()
      .join('+')}`;

  it('is written by AWS, of things that are in the stack', () => {
    const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });
    const things = new Set(
      [...assembly.resources.values()].flatMap(({ ref, arn }) => [ref, arn, ref.split('/').at(-1)]),
    );
    const theirs = watched.filter(({ Namespace }) => Namespace !== METRICS_NAMESPACE);
    expect(theirs.length).toBeGreaterThan(50);
    for (const metric of theirs) {
      expect(WRITTEN_BY_AWS[placeOf(metric)] ?? []).toContain(metric.MetricName);
      const unknown = metric.Dimensions.filter(({ Name, Value }) => !Name.includes('Index') && !things.has(Value));
      expect(unknown).toEqual([]);
    }
  });

  it('or was seen to be written by our functions, under the stage’s own dimension', async () => {
    const ours = watched.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);
    expect(ours.length).toBeGreaterThan(5);
    const seen = await emittedIn(dir);
    for (const { MetricName, Dimensions } of ours) {
      expect(Dimensions).toEqual([{ Name: 'service', Value: 'ideamine-dev' }]);
      expect([...seen]).toContain(`${MetricName} of ideamine-dev`);
    }
  });
});

/** Lets the deployed ledger function number what a task leaves, and the deployed sweep look: what they write of metrics. */
async function emittedIn(assemblyDir: string): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const world = await openWorld({
    assembly: readAssembly(assemblyDir, undefined, { accountId: '111122223333', region: 'eu-west-1' }),
    clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) },
    onLog: (entry) => {
      for (const name of metricsIn(entry)) seen.add(name);
    },
  });
  try {
    const entry = (kind: string, body: object) => ({
      kind,
      who: 'w',
      tool: { name: 't', version: '1' },
      inputs: [],
      body,
    });
    const row = {
      pk: 'RUN#r1',
      sk: `${OUTBOX}a`,
      runId: 'r1',
      id: 'a',
      at: '2026-01-01T00:00:00.000Z',
      entries: [
        entry('cost', { usdMicros: 12 }),
        entry('task', { outcome: 'committed' }),
        entry('task', { outcome: 'set-aside' }),
      ],
    };
    const { marshall } = await import('@aws-sdk/util-dynamodb');
    await world.call('DynamoDB', 'PutItem', { TableName: world.assembly?.outputs.TableName, Item: marshall(row) });
    await world.run(() => false);
    const swept = world.call('Lambda', 'Invoke', {
      FunctionName: world.assembly?.outputs.SweepFunctionName,
      Payload: JSON.stringify({ op: 'sweep' }),
    });
    await Promise.all([swept, world.run(() => false)]);
    return seen;
  } finally {
    await world.close();
  }
}

/** `<metric> of <service>` for each metric of a line in CloudWatch's embedded format. */
function metricsIn(entry: Readonly<Record<string, unknown>>): string[] {
  const text = entry.kind === 'output' ? String(entry.text) : '';
  const line = text.startsWith('{') ? JSON.parse(text) : {};
  const found = line._aws?.CloudWatchMetrics as
    | { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[]
    | undefined;
  return (found ?? [])
    .filter(({ Namespace, Dimensions }) => Namespace === METRICS_NAMESPACE && Dimensions[0]?.join() === 'service')
    .flatMap(({ Metrics }) => Metrics.map(({ Name }) => `${Name} of ${line.service}`));
}
