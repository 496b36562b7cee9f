// `ideamine rehearse IDEA --hours 50`: the same template and handlers in virtual time, paced like a run with real models.

import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Command } from 'commander';
import { sha256 } from '../../core/json.ts';
import { segmentText } from '../../core/ledger/seal.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { stretch } from '../../core/pipeline/rehearsal.ts';
import { readLedger } from '../../store/ledger.ts';
import { assemblyFor } from '../assembly.ts';
import { conclude } from '../conclude.ts';
import { UsageError } from '../exit.ts';
import { follow } from '../follow.ts';
import { installation, makeHome } from '../home.ts';
import { openLocalStage } from '../local-stage.ts';
import { logTo } from '../logs.ts';
import { replayMeasurements } from '../measurements.ts';
import { prepareRun, pushRun } from '../new-run.ts';
import { BUILT_IN_PIPELINE } from '../pipeline-file.ts';
import { createProgress } from '../progress.ts';
import type { RunResult } from '../result.ts';
import { startExecution } from '../stage.ts';
import { clock, overlaps, timeline } from '../timeline.ts';

interface Options {
  readonly pipeline: string;
  readonly hours: string;
  readonly seed: string;
  readonly gates?: string;
  readonly budgetUsd?: string;
  readonly json?: boolean;
}

/** Every rehearsal starts at the same instant, so that equal seeds give equal bytes. */
const START = Date.UTC(2026, 0, 1);
/** Measurements of the examples, recorded by real runs of them. */
const RECORDED = join(installation, 'examples', 'measurements');
/** Between two looks at the run, ms of virtual time: a look reads every row of it. */
const LOOK_EVERY_MS = 3_600_000;

export function registerRehearse(program: Command): void {
  program
    .command('rehearse')
    .description(
      'rehearse a long run in seconds: virtual time, the deployed template and handlers; keeps its dossier and ledger only',
    )
    .argument('<idea>', 'file with the idea')
    .option('--hours <n>', 'how long the critical path should take', '50')
    .option('--seed <n>', 'whole number; the same seed gives the same ledger, byte for byte', '1')
    .option('--pipeline <file>', 'pipeline file', BUILT_IN_PIPELINE)
    .option('--gates <mode>', 'enforce or advise', 'advise')
    .option('--budget-usd <amount>', 'the most the run may cost')
    .option('--json', 'print one JSON object as the last line')
    .action((idea: string, options: Options) => rehearse(idea, options, program.opts()));
}

async function rehearse(
  ideaFile: string,
  options: Options,
  global: { readonly home: string; readonly debug?: boolean },
): Promise<void> {
  const seed = wholeNumber('--seed', options.seed, 0, 2 ** 31 - 1);
  const hours = wholeNumber('--hours', options.hours, 1, 8_000);
  const prepared = prepareRun(ideaFile, { ...options, offline: true });
  const pinned = pinPipeline(stretch(prepared.pinned.pipeline, hours, seed));
  const home = makeHome(global.home);
  const assembly = await assemblyFor(pinned, options.pipeline, home);
  const stage = await openLocalStage({
    assemblyDir: assembly.dir,
    clock: { kind: 'virtual', start: START },
    seed,
    onLog: logTo(global.debug === true),
  });
  const runId = `rehearsal-${seed}`;
  const progress = createProgress(pinned.pipeline, options.json === true);
  const began = performance.now();
  try {
    for (const dir of [RECORDED, home.measurements].filter((folder) => existsSync(folder))) {
      await replayMeasurements(stage, runId, dir);
    }
    const executionArn = await startExecution(stage, runId, await pushRun(stage, { ...prepared, pinned }));
    const followed = await follow(stage, {
      runId,
      executionArn,
      everyMs: LOOK_EVERY_MS,
      declines: true,
      onSnapshot: (snapshot) => progress.show(snapshot, stage.world.fabric.clock.now()),
    });
    progress.done();
    const ledgerHash = sha256(segmentText(await readLedger(stage.ledger, runId)));
    await conclude(stage, followed, {
      json: options.json === true,
      dir: join(home.dir, 'rehearsals', `${stem(ideaFile)}-${seed}`),
      more: (result) => summary(result, ledgerHash, performance.now() - began),
    });
  } finally {
    await stage.world.close();
  }
}

function stem(file: string): string {
  return basename(file, extname(file));
}

function summary(result: RunResult, ledgerSha256: string, realMs: number) {
  const phases = result.phases.map(({ id, start, end, gate }) => ({
    id,
    start,
    end: end ?? undefined,
    mark: gate.verdict === 'passed' ? '✓' : gate.verdict === 'advised' ? '!' : '✗',
  }));
  const first = Math.min(...phases.map((phase) => Date.parse(phase.start)));
  const last = Math.max(...phases.map((phase) => Date.parse(phase.end ?? phase.start)));
  const together = overlaps(phases).map(({ pair, ms }) => `${pair.join(' beside ')} for ${clock(ms)}`);
  return {
    members: { ledgerSha256, virtualMs: last - first, realMs: Math.round(realMs) },
    lines: [
      `sha256   ${ledgerSha256} (of the ledger)`,
      `time     ${clock(last - first)} in ${clock(realMs)}`,
      '',
      timeline(phases, process.stdout.columns ?? 100),
      '',
      `overlapped: ${together.length > 0 ? together.join('; ') : 'nothing'}`,
    ],
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(`${option}: found '${text}', expected a whole number from ${least} to ${most}`);
  }
  return value;
}
