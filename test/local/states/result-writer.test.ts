// Results of a map run in S3 or in the state's output: "ResultWriter (Map)" in the developer guide
// (docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html): which files, what is in them, what each
// Transformation does to succeeded and to failed children.

import { describe, expect, it } from '@jest/globals';
import { TestWorld } from './test-world.ts';

const place = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'bucket', Prefix: 'csvProcessJobs' } };
/** Of each item: a list ends with its own text twice, anything else fails. */
const processor = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'Which',
  States: {
    Which: { Type: 'Choice', Choices: [{ Variable: '$.bad', IsPresent: true, Next: 'Bad' }], Default: 'Good' },
    Good: { Type: 'Pass', Parameters: { 'list.$': 'States.Array($.n, $.n)' }, OutputPath: '$.list', End: true },
    Bad: { Type: 'Fail', Error: 'Bad', Cause: 'it is' },
  },
};

async function written(ResultWriter: object, items: readonly object[] = [{ n: 1 }, { bad: true }, { n: 3 }]) {
  const objects = new Map<string, string>();
  const S3 = { PutObject: ({ Key, Body }: { Key: string; Body: string }) => objects.set(Key, Body) && {} };
  const world = new TestWorld({ services: { S3 } });
  const M = { Type: 'Map', ItemProcessor: processor, ToleratedFailurePercentage: 100, ResultWriter, End: true };
  const arn = world.start(world.create({ StartAt: 'M', States: { M } }, { name: 'csvProcess' }), items);
  await world.run();
  const { status, output } = world.describe(arn);
  expect(status).toBe('SUCCEEDED');
  const [{ mapRunArn }] = world.call<{ mapRuns: [{ mapRunArn: string }] }>('ListMapRuns', {
    executionArn: arn,
  }).mapRuns;
  const folder = `csvProcessJobs/${mapRunArn.split(':').at(-1)}`;
  const read = (name: string) => objects.get(`${folder}/${name}`);
  return { objects, output: JSON.parse(String(output)), mapRunArn, folder, read };
}

/** As the metadata of a child stands in a file. */
const child = (status: string, input: object) => ({
  ExecutionArn: expect.stringMatching(/^arn:aws:states:us-east-1:111111111111:execution:csvProcess\/[^:]+:[^:]+$/),
  Input: JSON.stringify(input),
  InputDetails: { Included: true },
  Name: expect.any(String),
  RedriveCount: 0,
  RedriveStatus: status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
  StartDate: '2026-01-01T00:00:00.000Z',
  StateMachineArn: expect.stringMatching(/^arn:aws:states:us-east-1:111111111111:stateMachine:csvProcess\/[^:]+$/),
  Status: status,
  StopDate: '2026-01-01T00:00:00.000Z',
});
const good = (n: number) => ({
  ...child('SUCCEEDED', { n }),
  Output: `[${n},${n}]`,
  OutputDetails: { Included: true },
});
const bad = { ...child('FAILED', { bad: true }), Error: 'Bad', Cause: 'it is' };

describe('a ResultWriter', () => {
  it('with a place only writes every child’s metadata by status, a manifest, and returns where', async () => {
    const { objects, output, mapRunArn, folder, read } = await written(place);
    expect(output).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'bucket', Key: `${folder}/manifest.json` },
    });
    expect([...objects.keys()].sort()).toEqual(
      ['FAILED_0.json', 'SUCCEEDED_0.json', 'manifest.json'].map((name) => `${folder}/${name}`),
    );
    const file = (name: string) => [{ Key: `${folder}/${name}`, Size: Buffer.byteLength(read(name) as string) }];
    expect(JSON.parse(read('manifest.json') as string)).toEqual({
      DestinationBucket: 'bucket',
      MapRunArn: mapRunArn,
      ResultFiles: { FAILED: file('FAILED_0.json'), PENDING: [], SUCCEEDED: file('SUCCEEDED_0.json') },
    });
    expect(JSON.parse(read('SUCCEEDED_0.json') as string)).toEqual([good(1), good(3)]);
    expect(JSON.parse(read('FAILED_0.json') as string)).toEqual([bad]);
  });

  it.each([
    [
      'COMPACT',
      [
        [1, 1],
        [3, 3],
      ],
    ],
    ['FLATTEN', [1, 1, 3, 3]],
  ])('with %s writes the outputs; failed children as they are', async (Transformation, expected) => {
    const json = await written({ ...place, WriterConfig: { Transformation, OutputType: 'JSON' } });
    expect(JSON.parse(json.read('SUCCEEDED_0.json') as string)).toEqual(expected);
    expect(JSON.parse(json.read('FAILED_0.json') as string)).toEqual([bad]);
    const lines = await written({ ...place, WriterConfig: { Transformation, OutputType: 'JSONL' } });
    const rows = (lines.read('SUCCEEDED_0.jsonl') as string).trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row))).toEqual(expected);
    expect(JSON.parse(lines.read('FAILED_0.jsonl') as string)).toEqual(bad);
  });

  it.each([
    ['NONE', [good(1), bad, good(3)]],
    ['COMPACT', [[1, 1], bad, [3, 3]]],
    ['FLATTEN', [1, 1, bad, 3, 3]],
  ])('with a WriterConfig only (%s) shapes the state’s output and writes nothing', async (Transformation, expected) => {
    const { objects, output } = await written({ WriterConfig: { Transformation, OutputType: 'JSON' } });
    expect(objects.size).toBe(0);
    expect(output).toEqual(expected);
  });

  it('has no file for a status nobody ended with', async () => {
    const { objects, folder } = await written(place, [{ n: 1 }]);
    expect([...objects.keys()].sort()).toEqual([`${folder}/SUCCEEDED_0.json`, `${folder}/manifest.json`]);
  });
});
