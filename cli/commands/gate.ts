// `ideamine gate explain RUNID PHASE`: what a gate looked at, how each criterion was computed and what came of it, and whether the
// same artifacts give the same report again.

import type { Command } from 'commander';
import { evaluateGate } from '../../core/gates/evaluate.ts';
import type { GateReport } from '../../core/gates/report.ts';
import { canonicalJson } from '../../core/json.ts';
import { gatherEvidence } from '../../lambdas/gate/evidence.ts';
import { cachedPipelines, loadPinned, phaseOf } from '../../lambdas/pinned.ts';
import { type AttemptRow, listAttempts } from '../../store/attempts.ts';
import { readPayload } from '../../store/payload.ts';
import { getPhase, type PhaseRow } from '../../store/phases.ts';
import { getRun } from '../../store/runs.ts';
import { type GlobalOptions, lookAt, type StageOptions, stageOptions } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { explanation } from '../gate-explanation.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly attempt?: string;
  readonly json?: boolean;
}

export interface Explained {
  readonly runId: string;
  readonly phase: PhaseRow;
  readonly attempt: AttemptRow;
  readonly attempts: number;
  readonly report: GateReport;
  /** `same`: the kept artifacts give the same report again; `replaced`: a later attempt took the place of some of them. */
  readonly recomputed: 'same' | 'different' | 'replaced';
}

export function registerGate(program: Command): void {
  const gate = program.command('gate').description('look into the gates of a run');
  stageOptions(gate.command('explain'))
    .description('each criterion of a gate with its evidence, formula, numbers and weight, and why it passed or failed')
    .argument('<runId>', 'id of the run')
    .argument('<phase>', 'id of the phase')
    .option('--attempt <n>', 'which attempt (default: the last one that came to its gate)')
    .option('--json', 'print one JSON object')
    .action(async (runId: string, phase: string, options: Options) => {
      const explained = await lookAt<Explained | undefined>(
        options,
        program.opts<GlobalOptions>(),
        (stage) => explain(stage, runId, phase, options.attempt),
        undefined,
      );
      if (explained === undefined) throw new UsageError(`there is no run ${runId} here`);
      process.stdout.write(options.json ? `${JSON.stringify(explained)}\n` : `${explanation(explained).join('\n')}\n`);
    });
}

async function explain(stage: Stage, runId: string, phaseId: string, wanted?: string): Promise<Explained> {
  if ((await getRun(stage.table, runId)) === undefined) {
    throw new UsageError(`there is no run ${runId} here; \`ideamine status\` lists those there are`);
  }
  const row = await getPhase(stage.table, runId, phaseId);
  const attempts = (await listAttempts(stage.table, runId, phaseId)).filter(({ report }) => report !== undefined);
  const attempt = wanted === undefined ? attempts.at(-1) : attempts.find((one) => String(one.attempt) === wanted);
  if (row === undefined || attempt?.report === undefined) {
    const had = attempts.map((one) => one.attempt).join(', ') || 'none';
    throw new UsageError(
      `phase ${phaseId} of ${runId}: found no gate report${wanted === undefined ? '' : ` of attempt ${wanted}`}, expected one of: ${had}`,
    );
  }
  const report = (await readPayload(stage.bucket, attempt.report)) as unknown as GateReport;
  const recomputed = await recompute(stage, runId, phaseId, attempt, attempts.length, report);
  return { runId, phase: row, attempt, attempts: attempts.length, report, recomputed };
}

/** Evaluates the gate again over the artifacts that are kept. What was not made at all is added by the gate, not computed. */
async function recompute(
  stage: Stage,
  runId: string,
  phaseId: string,
  attempt: AttemptRow,
  attempts: number,
  report: GateReport,
): Promise<Explained['recomputed']> {
  if (attempt.attempt < attempts) return 'replaced';
  const { pipeline } = await loadPinned(stage.table, cachedPipelines(stage.bucket), runId);
  const phase = phaseOf(pipeline, phaseId);
  const { evidence } = await gatherEvidence(stage, runId, phase, attempt);
  const again = evaluateGate(phase.gate, evidence);
  const numbers = ({ score, criteria, guards }: GateReport) => canonicalJson({ score, criteria, guards } as never);
  return numbers(again) === numbers(report) ? 'same' : 'different';
}
