// The gate of an attempt: evaluated once, its report kept as an object, its verdict in the attempt's row, on the ledger
// and as an event, in one transaction. Asked again, it answers what is on record.

import { IdeaMineError } from '../../core/errors.ts';
import { evaluateGate } from '../../core/gates/evaluate.ts';
import type { GateReport, Issue } from '../../core/gates/report.ts';
import type { Json } from '../../core/json.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { type AttemptRow, getAttempt, recordGate } from '../../store/attempts.ts';
import { objects } from '../../store/keys.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Outbox } from '../../store/outbox.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { listTasks } from '../../store/task-row.ts';
import type { AttemptMessage, AttemptState } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { TOOL } from '../version.ts';
import { gatherEvidence } from './evidence.ts';
import { issueText, remediesFor } from './remedies.ts';

export interface GateDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly now: () => string;
}

export async function gate(deps: GateDeps, message: AttemptMessage): Promise<AttemptState> {
  const known = await attemptOf(deps, message);
  if (known.status === 'gated') return answer(message, known);
  const { pipeline } = await loadPinned(deps.table, deps.pipelines, message.runId);
  const phase = phaseOf(pipeline, message.phase);
  const { evidence, inputs } = await gatherEvidence(deps, message.runId, phase, message.attempt);
  const report = withMissing(evaluateGate(phase.gate, evidence), known.refused ?? []);
  const { sha256 } = await putObject(deps.bucket, message.runId, report as unknown as Json);
  const tasks = await listTasks(deps.table, message.runId, message.phase, message.attempt);
  const at = deps.now();
  await recordGate(
    deps.table,
    known,
    {
      verdict: report.verdict,
      score: report.score,
      report: { key: objects.payload(message.runId, sha256), sha256 },
      issues: report.issues.map(issueText).sort(),
      reasons: report.reasons,
      refused: [...(known.refused ?? []), ...lacksOf(report)],
      remedies: remediesFor(report.issues, {
        strict: known.strict,
        deterministic: isDeterministic(pipeline),
        tasksLost: tasks.some(({ status }) => status !== 'committed'),
      }),
      at,
    },
    gateOutbox(message, report, sha256, inputs, at),
  );
  return answer(message, await attemptOf(deps, message));
}

async function attemptOf(deps: GateDeps, message: AttemptMessage): Promise<AttemptRow> {
  const attempt = await getAttempt(deps.table, message.runId, message.phase, message.attempt);
  if (attempt !== undefined) return attempt;
  throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${message.phase} has no attempt ${message.attempt}`);
}

/** What the phase should have made and did not is a failure whatever the criteria say. */
function withMissing(report: GateReport, refused: readonly string[]): GateReport {
  if (refused.length === 0) return report;
  const issues = refused.map(
    (text): Issue => ({ kind: 'missing', fix: 'add-missing-agents', source: 'artifacts', text }),
  );
  return {
    ...report,
    verdict: 'failed',
    issues: [...issues, ...report.issues],
    reasons: [...refused.map((text) => `not made: ${text}`), ...report.reasons],
  };
}

/** Guards that hold under advice too: without them there is nothing to hand on. */
function lacksOf(report: GateReport): string[] {
  return report.guards
    .filter(({ required, status }) => required === 'always' && status !== 'held')
    .map(({ id, detail }) => `${id}: ${detail}`);
}

const isDeterministic = (pipeline: Pipeline): boolean =>
  Object.values(pipeline.models).every(({ provider }) => provider === 'offline');

function gateOutbox(
  { phase, attempt }: AttemptMessage,
  report: GateReport,
  sha256: string,
  inputs: readonly string[],
  at: string,
): Outbox {
  const { verdict, score, minimum, certainty } = report;
  const reasons = [...report.reasons];
  const detail = { attempt, score, minimum, certainty, reasons };
  return {
    id: `gate.${phase}.${attempt}`,
    at,
    entries: [
      {
        kind: 'gate',
        who: 'gate',
        tool: TOOL,
        inputs,
        body: { phase, attempt, verdict, score, minimum, certainty, reasons, notes: [...report.notes], report: sha256 },
      },
    ],
    events: [{ type: verdict === 'passed' ? 'phase.gate.passed' : 'phase.gate.failed', phase, detail }],
  };
}

const answer = ({ runId, phase, attempt }: AttemptMessage, row: AttemptRow): AttemptState => ({
  runId,
  phase,
  attempt,
  verdict: row.verdict ?? 'failed',
  score: row.score ?? null,
});
