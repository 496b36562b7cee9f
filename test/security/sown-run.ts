// A whole run on the synthesized app in one process, in real time: its idea and its worker's environment hold the secrets it is
// given, its model is an HTTP server that answers what its schema asks for. Afterwards everything that was kept is read back.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateIdeaText } from '../../core/idea/validate-idea.ts';
import type { Json } from '../../core/json.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { readAssembly } from '../../local/assembly.ts';
import { openWorld, type World } from '../../local/world.ts';
import { type WireCall, wireServer } from '../agents/models/wire-server.ts';
import { root, synthesize } from '../infra/synthesize.ts';
import type { Canary } from './canary-secrets.ts';

export interface SownRun {
  readonly status: string;
  readonly modelCalls: number;
  /** Keys the model's API was asked with. */
  readonly keysSeen: readonly string[];
  readonly places: Readonly<
    Record<'history' | 'messages' | 'logs' | 'ledger' | 'rows' | 'objects' | 'prompts', string>
  >;
  close(): void;
}

export const PIPELINE = `name: sown
version: 1.0.0
title: One phase that asks a model
models:
  standard: {provider: anthropic, model: claude-haiku-4-5}
phases:
  - id: intake
    needs: [Idea]
    makes: [IdeaSpec, ConstraintsList]
    agents: [intake, constraints, requirements]
    budget: {tokens: 1M, tool: 1 min, wall: 5 min, usd: 5.00}
    gate: {atLeast: 0, tries: 1, weights: {completeness: 0.5, grounding: 0.5}}
    clarification: {questions: 0, grounding: 0.7, rounds: 0}
dossier:
  slots:
    - {id: idea-spec, section: product, artifact: IdeaSpec}
`;

export async function sownRun(idea: string, canaries: readonly Canary[]): Promise<SownRun> {
  const into = mkdtempSync(join(tmpdir(), 'ideamine-sown-'));
  const file = join(into, 'sown.yaml');
  writeFileSync(file, PIPELINE);
  const handlers = { handlers: join(root, 'lambdas'), prompts: join(root, 'agents', 'prompts') };
  const bundles = bundleHandlers({ ...handlers, into, pipeline: pinPipeline(readPipeline(file)) });
  const { dir } = synthesize({ pipeline: file }, bundles);
  const assembly = readAssembly(dir, undefined, { accountId: '000000000000', region: 'us-east-1' });
  const server = await wireServer((call) => ({ text: JSON.stringify(fittingSchema(schemaOf(call))) }));
  const environment = {
    ...Object.fromEntries(canaries.map(({ core }, n) => [`CANARY_${n}`, core])),
    ANTHROPIC_API_KEY: canaries[0]?.core ?? '',
    ANTHROPIC_BASE_URL: `${server.url}/v1`,
  };
  const functions = [...assembly.resources.values()].filter(({ type }) => type === 'AWS::Lambda::Function');
  const names = functions.map(({ ref }) => ref);
  const logs: string[] = [];
  const world = await openWorld({
    assembly,
    clock: { kind: 'real' },
    variables: Object.fromEntries(names.map((name) => [name, environment])),
    onLog: (entry) => logs.push(JSON.stringify(entry)),
  });
  try {
    const status = await carry(world, assembly.outputs.RunMachineArn as string, idea);
    const { outputs } = assembly;
    const ledger = await untilSigned(world, outputs.LedgerTableName as string);
    const history = await histories(world);
    return {
      status,
      modelCalls: server.calls.length,
      keysSeen: server.calls.map(({ headers }) => String(headers['x-api-key'])),
      places: {
        history: JSON.stringify(history),
        messages: JSON.stringify(history.filter((event) => JSON.stringify(event).includes('sendMessage'))),
        logs: logs.join('\n'),
        ledger: JSON.stringify(ledger),
        rows: JSON.stringify(await rows(world, outputs.TableName as string)),
        objects: await objectsIn(world, outputs.BucketName as string),
        prompts: server.calls.map(({ body }) => JSON.stringify(body)).join('\n'),
      },
      close() {
        for (const folder of [into, dir]) rmSync(folder, { recursive: true, force: true });
      },
    };
  } finally {
    await world.close();
    await server.close();
  }
}

async function carry(world: World, stateMachineArn: string, text: string): Promise<string> {
  const check = validateIdeaText(text);
  if (!check.ok) throw new Error(check.message);
  // As the command does: what goes into an execution's input was read by it first.
  const input = JSON.stringify({ idea: check.text, gates: 'advise' });
  const { executionArn } = await world.call('SFN', 'StartExecution', { stateMachineArn, name: 'sown', input });
  let status = 'RUNNING';
  while (status === 'RUNNING') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ status } = await world.call('SFN', 'DescribeExecution', { executionArn }));
  }
  return status;
}

/** What follows the end of a run comes in its own time; the signature is the last entry. */
async function untilSigned(world: World, ledger: string): Promise<unknown[]> {
  for (let looks = 0; looks < 600; looks += 1) {
    const entries = await rows(world, ledger);
    if (entries.some((entry) => JSON.stringify(entry).includes('"signature"'))) return entries;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the ledger was not signed');
}

async function histories(world: World): Promise<object[]> {
  const { stateMachines } = await world.call('SFN', 'ListStateMachines', {});
  const events: object[] = [];
  for (const { stateMachineArn } of stateMachines) {
    const { executions } = await world.call('SFN', 'ListExecutions', { stateMachineArn });
    for (const { executionArn } of executions) {
      for (let nextToken: string | undefined; ; ) {
        const page = await world.call('SFN', 'GetExecutionHistory', {
          executionArn,
          includeExecutionData: true,
          nextToken,
        });
        events.push(...page.events);
        nextToken = page.nextToken;
        if (nextToken === undefined) break;
      }
    }
  }
  return events;
}

async function rows(world: World, TableName: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let ExclusiveStartKey: unknown; ; ) {
    const page = await world.call('DynamoDB', 'Scan', {
      TableName,
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    found.push(...page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) return found;
  }
}

async function objectsIn(world: World, Bucket: string): Promise<string> {
  const { S3Client, ListObjectsV2Command, GetObjectCommand } = world.sdk('@aws-sdk/client-s3');
  const client = new S3Client({});
  const texts: string[] = [];
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    texts.push(`${Key}\n${await Body.transformToString('utf-8')}`);
  }
  return texts.join('\n');
}

type Schema = { readonly [key: string]: Json };

export const schemaOf = ({ body }: WireCall): Schema =>
  (body.tools as { input_schema: Schema }[] | undefined)?.[0]?.input_schema ?? {};

/** The least that fits: nothing is known. */
export function fittingSchema(schema: Schema): Json {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum))
    return (schema.enum as Json[]).includes('unknown') ? 'unknown' : (schema.enum[0] as Json);
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined) return fittingSchema(options.at(-1) as Schema);
  if (schema.type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    return Object.fromEntries(properties.map(([name, property]) => [name, fittingSchema(property)]));
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'string') return 'UNKNOWN';
  return schema.type === 'boolean' ? false : 0;
}
