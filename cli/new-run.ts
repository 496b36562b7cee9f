// What is settled before a run starts: its idea, its pipeline, its name and limits. Everything is checked before
// anything is written.

import { randomBytes } from 'node:crypto';
import { basename, extname } from 'node:path';
import { validateIdea } from '../core/idea/validate-idea.ts';
import { sha256 } from '../core/json.ts';
import type { PinnedPipeline, Pipeline } from '../core/pipeline/model.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { putText } from '../store/objects.ts';
import { setCurrentPipeline } from '../store/pipelines.ts';
import { cassetteText, pushCassette, recorded } from './cassette.ts';
import { UsageError } from './exit.ts';
import { readUserFile } from './files.ts';
import { parseUsd } from './money.ts';
import { loadPipelineFile } from './pipeline-file.ts';
import type { Stage } from './stage.ts';

export interface RunOptions {
  readonly pipeline: string;
  readonly offline?: boolean;
  readonly gates?: string;
  readonly budgetUsd?: string;
  readonly name?: string;
  readonly recorded?: string;
  readonly record?: string;
}

export interface NewRun {
  readonly idea: string;
  readonly pinned: PinnedPipeline;
  readonly gates?: string;
  readonly budgetUsdMicros?: number;
  /** Answers of models, recorded before. */
  readonly cassette?: string;
}

/** Ideas up to this length travel in the execution's input, which holds 256 KiB; longer ones through the bucket. */
const INLINE_IDEA = 32 * 1024;
/** What Step Functions allows in an execution's name, less room for the suffix of a resume. */
const NAME = /^[A-Za-z0-9_-]{1,70}$/;

export function prepareRun(ideaFile: string, options: RunOptions): NewRun {
  const checked = validateIdea(readUserFile(ideaFile, 'idea'));
  if (!checked.ok) {
    throw new UsageError(`${ideaFile}: found ${checked.found}, expected ${checked.expected}`);
  }
  if (options.gates !== undefined && options.gates !== 'enforce' && options.gates !== 'advise') {
    throw new UsageError(`--gates: found '${options.gates}', expected enforce or advise`);
  }
  if (options.name !== undefined && !NAME.test(options.name)) {
    throw new UsageError(`--name: found '${options.name}', expected 1 to 70 letters, digits, - or _`);
  }
  const budgetUsdMicros = budgetOf(options.budgetUsd);
  const pinned = loadPipelineFile(options.pipeline);
  if (options.offline && (options.recorded ?? options.record) !== undefined) {
    throw new UsageError('--offline asks no model; expected it without --record and --recorded');
  }
  const cassette = options.recorded === undefined ? undefined : cassetteText(options.recorded);
  const behaviour =
    cassette === undefined ? options.offline && offline(pinned.pipeline) : recorded(pinned.pipeline, cassette);
  return {
    idea: checked.text,
    pinned: behaviour ? pinPipeline(behaviour) : pinned,
    gates: options.gates,
    budgetUsdMicros,
    cassette,
  };
}

function budgetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const micros = parseUsd(text);
  if (micros === null || micros === 0) {
    throw new UsageError(`--budget-usd: found '${text}', expected an amount above 0 such as 12.50`);
  }
  return micros;
}

/** Every tier answered by the extractive provider, which needs no key and no network. */
function offline(pipeline: Pipeline): Pipeline {
  const models = Object.fromEntries(
    Object.keys(pipeline.models).map((tier) => [tier, { provider: 'offline', model: 'extractive' }]),
  );
  return { ...pipeline, models };
}

/** `examples/ideas/tool-library.md` -> `tool-library-20261122-191702-4f2a`. */
export function runName(ideaFile: string, now: Date): string {
  const stem =
    basename(ideaFile, extname(ideaFile))
      .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 45) || 'run';
  const [day, time] = now.toISOString().slice(0, 19).split('T') as [string, string];
  return `${stem}-${day.replaceAll('-', '')}-${time.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

/** Pushes the run's behaviour. @returns the input of its execution. */
export async function pushRun(stage: Stage, run: NewRun): Promise<object> {
  await setCurrentPipeline(stage.bucket, run.pinned);
  if (run.cassette !== undefined) await pushCassette(stage.bucket, run.cassette);
  const settings = { pipeline: run.pinned.pipeline.name, gates: run.gates, budgetUsdMicros: run.budgetUsdMicros };
  if (Buffer.byteLength(run.idea) <= INLINE_IDEA) return { idea: run.idea, ...settings };
  const key = `ideas/${sha256(run.idea)}.txt`;
  await putText(stage.bucket, key, run.idea, 'text/plain; charset=utf-8');
  return { ideaUri: `s3://${stage.bucket.name}/${key}`, ...settings };
}
