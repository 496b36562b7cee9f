// The end of `run`, `resume` and `rehearse`: hands over the files, prints the result, and turns a failed run into exit code 1.

import { join, relative } from 'node:path';
import { RunFailed, UsageError } from './exit.ts';
import type { Followed } from './follow.ts';
import { handOver } from './hand-over.ts';
import type { HandedProject } from './hand-over-project.ts';
import { usd } from './money.ts';
import { type RunResult, runResult } from './result.ts';
import type { Stage } from './stage.ts';
import { notMeasured, notMeasuredLines } from './unmeasured.ts';

export interface Conclusion {
  readonly json: boolean;
  /** Folder of the run's files. */
  readonly dir: string;
  /** More members of the JSON object and more lines of the text. */
  readonly more?: (result: RunResult) => { readonly members: object; readonly lines: readonly string[] };
}

/**
 * @throws UsageError when the run never opened: its input was refused.
 * @throws RunFailed when it opened and did not succeed.
 */
export async function conclude(stage: Stage, followed: Followed, conclusion: Conclusion): Promise<void> {
  const { snapshot, execution } = followed;
  if (snapshot === undefined) {
    throw new UsageError(execution.cause ?? `the execution ended ${execution.status} before the run opened`);
  }
  const files = await handOver(stage, snapshot, conclusion.dir);
  const result = runResult(snapshot, files.dossier);
  const missing = await notMeasured(stage, result.runId);
  const more = conclusion.more?.(result);
  if (conclusion.json) {
    process.stdout.write(
      `${JSON.stringify({ ...result, ledger: files.ledger, project: files.project, notMeasured: missing, ...more?.members })}\n`,
    );
  } else {
    process.stdout.write(
      `\n${[...lines(result, files.ledger), ...(more?.lines ?? []), ...notMeasuredLines(missing), ...projectLines(files.project)].join('\n')}\n`,
    );
  }
  if (result.status !== 'SUCCEEDED') {
    throw new RunFailed(`run ${result.runId} failed: ${result.cause ?? execution.cause ?? execution.status}`);
  }
}

function here(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('..') ? path : from;
}

/** The Node that runs this can run the project, whatever `node` means in the shell. */
function projectLines(project: HandedProject | null): string[] {
  if (project === null) return [];
  const { folder, commit, isRecorded } = project;
  return [
    `project  ${here(folder)}, commit ${commit.slice(0, 12)}${isRecorded ? '' : ', which is not the recorded one: its files were changed later'}`,
    `start    ${here(process.execPath)} ${here(join(folder, 'src', 'server.ts'))}`,
  ];
}

function lines(result: RunResult, ledger: string): string[] {
  const advised = result.phases.filter((phase) => phase.gate.verdict === 'advised').map((phase) => phase.id);
  return [
    `run      ${result.runId}`,
    `status   ${result.status === 'SUCCEEDED' ? 'succeeded' : 'failed'}`,
    ...(advised.length > 0 ? [`advised  the gates of ${advised.join(', ')} did not pass; the dossier says why`] : []),
    `spent    ${usd(result.usdMicros)}, ${result.tokens.toLocaleString('en')} tokens`,
    `ledger   ${here(ledger)}`,
    ...(result.dossier ? [`dossier  ${here(result.dossier.html)}`, `         ${here(result.dossier.json)}`] : []),
  ];
}
