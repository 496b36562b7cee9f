// Tool calls of a task: allowed ones only, each measured once a run. The heavy part is a build; the worker starts it, waits
// under its lease and reads what came out, which is checked like any other input from outside.

import type { ToolResult } from '../../agents/sdk/context.ts';
import { type ToolInputs, type ToolName, type ToolValues, toolValues } from '../../agents/sdk/tools.ts';
import { type JobResult, resultSchema } from '../../agents/tools/job.ts';
import { asksRegistry, toolVersions } from '../../agents/tools/versions.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../../core/json.ts';
import type { PipelineAgent } from '../../core/pipeline/model.ts';
import { withoutSecrets, withoutSecretsIn } from '../../core/secrets.ts';
import { objects } from '../../store/keys.ts';
import {
  getBuildId,
  getMeasurement,
  keepBuildId,
  keepMeasurement,
  type Measurement,
} from '../../store/measurements.ts';
import { type Bucket, getBytes, putBytes } from '../../store/objects.ts';
import type { Table } from '../../store/table.ts';
import type { BuildState, Builds } from '../clients/codebuild.ts';
import { safeCause } from './cause.ts';
import { sleep, type Timers } from './timers.ts';
import { packJob } from './tool-job.ts';
import { readWorkspace } from './tool-workspace.ts';

export interface ToolBuilds {
  readonly tools: Builds;
  /** May ask a package registry. */
  readonly registry: Builds;
}

export interface ToolDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly timers: Timers;
  /** Absent where the stack was deployed without the projects that measure. */
  readonly builds: ToolBuilds | undefined;
  readonly runId: string;
  readonly agent: PipelineAgent;
  readonly signal: AbortSignal;
}

/** Between two looks at a build, ms: quick tools are done in a second or two, slow ones in minutes. */
const FIRST_LOOK_MS = 500;
const SLOWEST_LOOK_MS = 10_000;
/** Of a raw report and of a result. */
const MOST_BYTES = 32 * 2 ** 20;

export type CallTool = <Name extends ToolName>(
  name: Name,
  input: ToolInputs[Name],
) => Promise<ToolResult<ToolValues[Name]>>;

export function createTools(deps: ToolDeps): CallTool {
  return async <Name extends ToolName>(name: Name, input: ToolInputs[Name]) => {
    if (!deps.agent.tools.includes(name)) {
      throw new IdeaMineError('IdeaMine.ToolDenied', `agent ${deps.agent.id} may not use tool ${name}`);
    }
    return (await call(deps, name, input)) as ToolResult<ToolValues[Name]>;
  };
}

/** The name of a measurement: the same tool in the same version on the same input. */
function measurementName(tool: ToolName, input: Json): string {
  return sha256(canonicalJson({ tool, version: toolVersions[tool], input }));
}

async function call(deps: ToolDeps, tool: ToolName, input: ToolInputs[ToolName]): Promise<ToolResult> {
  const key = measurementName(tool, input as unknown as Json);
  const known = await getMeasurement(deps.table, deps.bucket, deps.runId, key);
  if (known !== undefined) return measuredAs(known);
  if (deps.builds === undefined) {
    return unmeasured(
      `${tool} was not run: this stage has no projects that measure (it was deployed with -c tools=off)`,
    );
  }
  const builds = asksRegistry.has(tool) ? deps.builds.registry : deps.builds.tools;
  const ended = await build(deps, builds, tool, key, input);
  if (ended.state === 'failed') return unmeasured(`${tool} was not run: ${safeCause(ended.message)}`);
  return readResult(deps, tool, key);
}

async function build(
  deps: ToolDeps,
  builds: Builds,
  tool: ToolName,
  key: string,
  input: ToolInputs[ToolName],
): Promise<Exclude<BuildState, { state: 'running' }>> {
  const { table, bucket, runId, timers, signal } = deps;
  let id = await getBuildId(table, runId, key);
  // One that came to nothing in an earlier try says nothing about this one.
  if (id === undefined || (await builds.look(id)).state === 'failed') {
    const { workspace, ...rest } = input;
    const source = objects.toolSource(runId, key);
    const files = await readWorkspace(bucket, runId, workspace);
    await putBytes(bucket, source, packJob(tool, rest as unknown as Json, files), 'application/zip');
    const name = sha256(`${key} ${id ?? ''}`);
    id = await builds.start(name, { bucket: bucket.name, source, artifacts: objects.toolOut(runId, key) });
    await keepBuildId(table, runId, key, id);
  }
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, SLOWEST_LOOK_MS)) {
    const { state, ...more } = await builds.look(id);
    if (state !== 'running') return { state, ...more } as Exclude<BuildState, { state: 'running' }>;
    await sleep(timers, wait, signal);
  }
}

/** What a build left is untrusted: project code ran beside the tool. */
async function readResult(deps: ToolDeps, tool: ToolName, key: string): Promise<ToolResult> {
  const { table, bucket, runId } = deps;
  const folder = objects.toolOut(runId, key);
  const text = await bytesOf(bucket, `${folder}/result.json`);
  const result = parseResult(tool, text);
  if (result.status === 'unmeasured') return unmeasured(result.reason);
  const raw = publicBytes(await bytesOf(bucket, `${folder}/${result.report.file}`));
  const report = { sha256: sha256(raw), bytes: raw.byteLength, mediaType: result.report.mediaType };
  const measurement: Measurement = { tool, by: result.by, value: withoutSecretsIn(result.value as Json), report };
  await keepMeasurement(table, bucket, runId, key, measurement, raw);
  return measuredAs(measurement);
}

function parseResult(tool: ToolName, bytes: Uint8Array): JobResult {
  const broken = (why: string) =>
    new IdeaMineError('IdeaMine.ToolInfrastructure', `${tool} left no result that can be read: ${why}`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw broken('it is not JSON');
  }
  const result = resultSchema.safeParse(json);
  if (!result.success) throw broken(result.error.issues[0]?.message ?? 'its shape is another');
  if (result.data.status === 'measured') {
    const value = toolValues[tool].safeParse(result.data.value);
    if (!value.success) {
      const issue = value.error.issues[0];
      throw broken(`${issue?.path.join('.')}: ${issue?.message}`);
    }
  }
  return result.data;
}

/** Text without what looks like a secret: a tool quotes what it reads. Other bytes as they are. */
function publicBytes(bytes: Uint8Array): Uint8Array {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const clean = withoutSecrets(text);
    return clean === text ? bytes : new TextEncoder().encode(clean);
  } catch {
    return bytes;
  }
}

async function bytesOf(bucket: Bucket, key: string): Promise<Uint8Array> {
  const found = await getBytes(bucket, key, MOST_BYTES);
  if (found?.bytes === undefined) {
    throw new IdeaMineError(
      'IdeaMine.ToolInfrastructure',
      `${key} is ${found === undefined ? 'not there' : 'too large'}`,
    );
  }
  return found.bytes;
}

const unmeasured = (reason: string): ToolResult => ({ status: 'unmeasured', reason });

const measuredAs = ({ by, value, report }: Measurement): ToolResult => ({ status: 'measured', by, value, report });
