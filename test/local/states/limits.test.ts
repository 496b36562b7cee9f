// Limits and lifecycle: 25,000 events, payload sizes, idempotent starts, stops, status events, paging, results in S3.

import { describe, expect, it } from '@jest/globals';
import { AwsError } from '../../../local/service.ts';
import { runOnce, TestWorld } from './test-world.ts';

const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

describe('limits', () => {
  it('end an execution at event 25,000 with States.Runtime', async () => {
    const { world, arn, error, cause } = await runOnce(
      {
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Variable: '$.on', BooleanEquals: true, Next: 'A' }], Default: 'S' },
          S: { Type: 'Succeed' },
        },
      },
      { on: true },
    );
    expect({ error, cause }).toEqual({
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const history = world.history(arn);
    expect(history).toHaveLength(25_000);
    expect(history.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  it('refuse an output over 256 KiB', async () => {
    const big = 'x'.repeat(200_000);
    const { error } = await runOnce(
      { StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, End: true } } },
      big,
    );
    expect(error).toBe('States.DataLimitExceeded');
  });

  it('refuse an input that is too large or no JSON, and names with forbidden characters', () => {
    const world = new TestWorld();
    const stateMachineArn = world.create(pass);
    expect(() => world.call('StartExecution', { stateMachineArn, input: JSON.stringify('x'.repeat(262_145)) })).toThrow(
      AwsError,
    );
    expect(() => world.call('StartExecution', { stateMachineArn, input: '{' })).toThrow(
      expect.objectContaining({ name: 'InvalidExecutionInput' }),
    );
    expect(() => world.call('StartExecution', { stateMachineArn, name: 'a b' })).toThrow(
      new AwsError('InvalidName', "Invalid Name: 'a b'"),
    );
  });
});

describe('executions', () => {
  it('start once by name and input while they run', async () => {
    const world = new TestWorld();
    const stateMachineArn = world.create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5, End: true } } });
    const first = world.call('StartExecution', { stateMachineArn, name: 'n', input: '{}' });
    expect(world.call('StartExecution', { stateMachineArn, name: 'n', input: '{}' })).toEqual(first);
    const again = (input: string) => () => world.call('StartExecution', { stateMachineArn, name: 'n', input });
    expect(again('{"other":1}')).toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
    await world.run();
    expect(again('{}')).toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
  });

  it('time out as a whole without error or cause', async () => {
    const { status, error, cause, world, arn } = await runOnce({
      TimeoutSeconds: 3,
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 60, End: true } },
    });
    expect({ status, error, cause }).toEqual({ status: 'TIMED_OUT', error: undefined, cause: undefined });
    const { startDate, stopDate } = world.describe(arn) as { startDate: Date; stopDate: Date };
    expect(stopDate.getTime() - startDate.getTime()).toBe(3000);
  });

  it('tell EventBridge when they start and end', async () => {
    const entries: { Detail: string }[] = [];
    const services = {
      EventBridge: { PutEvents: ({ Entries }: { Entries: { Detail: string }[] }) => entries.push(...Entries) },
    };
    const { arn } = await runOnce(
      { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', Cause: 'C' } } },
      { a: 1 },
      { services },
    );
    const shape = { Source: 'aws.states', DetailType: 'Step Functions Execution Status Change', Resources: [arn] };
    expect(entries).toEqual([expect.objectContaining(shape), expect.objectContaining(shape)]);
    const details = entries.map((entry) => JSON.parse(entry.Detail));
    expect(details).toMatchObject([
      { status: 'RUNNING', input: '{"a":1}', stopDate: null },
      { status: 'FAILED', error: 'E', cause: 'C', executionArn: arn },
    ]);
  });

  it('list newest first and page by token', async () => {
    const world = new TestWorld();
    const stateMachineArn = world.create(pass);
    for (let i = 0; i < 5; i++) {
      world.now += 1000;
      world.start(stateMachineArn, {}, `e${i}`);
    }
    await world.run();
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const answer: { executions: { name: string }[]; nextToken?: string } = world.call('ListExecutions', {
        stateMachineArn,
        maxResults: 2,
        ...(nextToken ? { nextToken } : {}),
      });
      names.push(...answer.executions.map(({ name }) => name));
      nextToken = answer.nextToken;
    } while (nextToken);
    expect(names).toEqual(['e4', 'e3', 'e2', 'e1', 'e0']);
  });

  it('keep their history readable in pages and in reverse', async () => {
    const { world, arn } = await runOnce(pass);
    const page = world.call<{ events: { id: number }[]; nextToken?: string }>('GetExecutionHistory', {
      executionArn: arn,
      maxResults: 3,
      reverseOrder: true,
    });
    expect(page.events.map(({ id }) => id)).toEqual([4, 3, 2]);
    expect(page.nextToken).toBeDefined();
    const bare = world.call<{ events: object[] }>('GetExecutionHistory', {
      executionArn: arn,
      includeExecutionData: false,
    });
    expect(JSON.stringify(bare.events)).not.toContain('"input":');
  });
});

describe('distributed maps', () => {
  const buckets = () => {
    const objects = new Map<string, string>();
    const services = {
      S3: {
        GetObject: ({ Key }: { Key: string }) => ({ Body: objects.get(Key) }),
        PutObject: ({ Key, Body }: { Key: string; Body: string }) => objects.set(Key, Body) && {},
      },
    };
    return { objects, services };
  };
  const processor = (state: object) => ({
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'P',
    States: { P: { ...state } },
  });
  const reader = (InputType: string, more: object = {}) => ({
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType, ...more },
    Parameters: { Bucket: 'b', Key: 'k' },
  });

  it.each([
    ['JSON', '[1,2]', {}, [1, 2]],
    ['JSONL', '{"a":1}\n{"a":2}\n', {}, [{ a: 1 }, { a: 2 }]],
    [
      'CSV',
      'h1,h2\n"x, y",1\nz,2\n',
      { CSVHeaderLocation: 'FIRST_ROW' },
      [
        { h1: 'x, y', h2: '1' },
        { h1: 'z', h2: '2' },
      ],
    ],
    [
      'CSV',
      'x;1',
      { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'], CSVDelimiter: 'SEMICOLON' },
      [{ a: 'x', b: '1' }],
    ],
    ['JSON', '{"in":{"list":[1]}}', { ItemsPointer: '/in/list' }, [1]],
    ['JSON', '[1,2,3]', { MaxItems: 2 }, [1, 2]],
  ])('read %s', async (kind, body, more, expected) => {
    const { objects, services } = buckets();
    objects.set('k', body);
    const { output } = await runOnce(
      {
        StartAt: 'M',
        States: {
          M: {
            Type: 'Map',
            ItemReader: reader(kind, more),
            ItemProcessor: processor({ Type: 'Pass', End: true }),
            End: true,
          },
        },
      },
      {},
      { services },
    );
    expect(output).toEqual(expected);
  });

  it('batch items', async () => {
    const { output } = await runOnce(
      {
        StartAt: 'M',
        States: {
          M: {
            Type: 'Map',
            ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { fixed: true } },
            ItemProcessor: processor({ Type: 'Pass', End: true }),
            End: true,
          },
        },
      },
      [1, 2, 3],
    );
    expect(output).toEqual([
      { BatchInput: { fixed: true }, Items: [1, 2] },
      { BatchInput: { fixed: true }, Items: [3] },
    ]);
  });

  it('tolerate failures up to a percentage', async () => {
    const choose = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ Variable: '$', NumericGreaterThan: 2, Next: 'F' }], Default: 'S' },
        F: { Type: 'Fail', Error: 'E' },
        S: { Type: 'Succeed' },
      },
    };
    const run = (ToleratedFailurePercentage: number) =>
      runOnce(
        { StartAt: 'M', States: { M: { Type: 'Map', ToleratedFailurePercentage, ItemProcessor: choose, End: true } } },
        [1, 2, 3, 4],
      );
    const tolerated = await run(50);
    expect(tolerated.status).toBe('SUCCEEDED');
    expect(tolerated.output).toMatchObject([1, 2, { Status: 'FAILED', Error: 'E' }, { Status: 'FAILED', Error: 'E' }]);
    expect(await run(49)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('list a bucket over several pages, also of a store that answers later', async () => {
    const page = ({ ContinuationToken }: { ContinuationToken?: string }) => ({
      Contents: [
        {
          Key: `k${ContinuationToken ?? 0}`,
          ETag: '"e"',
          Size: 1,
          LastModified: new Date(5000),
          StorageClass: 'STANDARD',
        },
      ],
      ...(ContinuationToken === undefined ? { NextContinuationToken: '1' } : {}),
    });
    const item = (Key: string) => ({ Etag: '"e"', Key, LastModified: 5, Size: 1, StorageClass: 'STANDARD' });
    const ItemReader = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b' } };
    const definition = {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemReader, ItemProcessor: processor({ Type: 'Pass', End: true }), End: true } },
    };
    for (const ListObjectsV2 of [page, (input: object) => Promise.resolve(page(input))]) {
      const { output } = await runOnce(definition, {}, { services: { S3: { ListObjectsV2 } } });
      expect(output).toEqual([item('k0'), item('k1')]);
    }
  });

  it('fail when their results cannot be written', async () => {
    const refuse = () => {
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    };
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } };
    const definition = {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemProcessor: processor({ Type: 'Pass', End: true }), ResultWriter, End: true } },
    };
    for (const PutObject of [refuse, async () => refuse()]) {
      expect(await runOnce(definition, [1], { services: { S3: { PutObject } } })).toMatchObject({
        error: 'States.ResultWriterFailed',
        cause: 'The specified bucket does not exist',
      });
    }
  });

  // "ResultWriter (Map)" in the developer guide: a folder per map run, results by status, a manifest that names them.
  it('write their results to S3', async () => {
    const { objects, services } = buckets();
    const definition = (WriterConfig?: object) => ({
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemProcessor: processor({ Type: 'Pass', End: true }),
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Parameters: { Bucket: 'b', Prefix: 'out' },
            ...(WriterConfig ? { WriterConfig } : {}),
          },
          End: true,
        },
      },
    });
    const { output } = await runOnce(definition(), [[1], [2]], { services });
    const { MapRunArn, ResultWriterDetails } = output as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    const folder = `out/${MapRunArn.split(':').at(-1)}`;
    expect(ResultWriterDetails).toEqual({ Bucket: 'b', Key: `${folder}/manifest.json` });
    const manifest = JSON.parse(objects.get(ResultWriterDetails.Key) as string);
    expect(manifest).toEqual({
      DestinationBucket: 'b',
      MapRunArn,
      ResultFiles: {
        FAILED: [],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: expect.any(Number) }],
      },
    });
    expect(JSON.parse(objects.get(`${folder}/SUCCEEDED_0.json`) as string)).toMatchObject([
      { Output: '[1]', Status: 'SUCCEEDED', Input: '[1]', InputDetails: { Included: true } },
      { Output: '[2]' },
    ]);
    objects.clear();
    await runOnce(definition({ Transformation: 'FLATTEN', OutputType: 'JSONL' }), [[1], [2]], { services });
    expect([...objects].find(([key]) => key.endsWith('SUCCEEDED_0.jsonl'))?.[1]).toBe('1\n2');
  });
});
