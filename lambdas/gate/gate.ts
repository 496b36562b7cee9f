// The gate of an attempt: evaluated once, its report kept as an object, its verdict in the attempt's row, on the ledger
// and as an event, in one transaction. Asked again, it answers what is on record.

import type { Agent } from '../../agents/sdk/agent.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { noDirections } from '../../core/gates/directions.ts';
import { evaluateGate } from '../../core/gates/evaluate.ts';
import type { GateReport, Issue } from '../../core/gates/report.ts';
import type { Json } from '../../core/json.ts';
import { isDeterministic } from '../../core/pipeline/deterministic.ts';
import { isOwnAgent } from '../../core/scheduling/stages.ts';
import { type AttemptRow, getAttempt, listAttempts, recordGate } from '../../store/attempts.ts';
import { objects } from '../../store/keys.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Outbox } from '../../store/outbox.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { listTasks } from '../../store/task-row.ts';
import type { AttemptMessage, AttemptState } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { TOOL } from '../version.ts';
import { gatherEvidence, type Looked } from './evidence.ts';
import { evidencePack } from './evidence-pack.ts';
import { makersOf } from './makers.ts';
import { issueText, remediesFor } from './remedies.ts';

export interface GateDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly now: () => string;
  /** Every agent that a fix may add to a phase. */
  readonly agents: readonly Agent[];
}

export async function gate(deps: GateDeps, message: AttemptMessage): Promise<AttemptState> {
  const known = await attemptOf(deps, message);
  if (known.status === 'gated') return answer(message, known);
  const { pipeline } = await loadPinned(deps.table, deps.pipelines, message.runId);
  const phase = phaseOf(pipeline, message.phase);
  const { evidence, looked } = await gatherEvidence(deps, message.runId, phase, known);
  const report = withMissing(evaluateGate(phase.gate, evidence), known.refused ?? []);
  const { sha256 } = await putObject(deps.bucket, message.runId, report as unknown as Json);
  const all = await listTasks(deps.table, message.runId, message.phase, message.attempt);
  const tasks = all.filter(({ agent }) => isOwnAgent(phase, agent));
  const pack = await putObject(
    deps.bucket,
    message.runId,
    evidencePack(message.phase, message.attempt, sha256, looked, all),
  );
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
        directions: known.directions ?? noDirections,
        tried: await triedBefore(deps, message),
        makersOf: (types) => makersOf(deps.agents, phase, types),
      }),
      at,
    },
    gateOutbox(message, report, { report: sha256, evidence: pack.sha256 }, looked, at),
  );
  return answer(message, await attemptOf(deps, message));
}

async function attemptOf(deps: GateDeps, message: AttemptMessage): Promise<AttemptRow> {
  const attempt = await getAttempt(deps.table, message.runId, message.phase, message.attempt);
  if (attempt !== undefined) return attempt;
  throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${message.phase} has no attempt ${message.attempt}`);
}

/** The fixes that earlier attempts of the phase carried out, by issue. */
async function triedBefore(deps: GateDeps, { runId, phase, attempt }: AttemptMessage): Promise<Set<string>> {
  const earlier = (await listAttempts(deps.table, runId, phase)).filter((one) => one.attempt < attempt);
  const carriedOut = earlier.flatMap(({ remedies = [] }) => remedies.filter(({ automatic }) => automatic));
  return new Set(carriedOut.map(({ fix, issue }) => `${fix}: ${issue}`));
}

/** What the phase should have made and did not is a failure whatever the criteria say. */
function withMissing(report: GateReport, refused: readonly string[]): GateReport {
  if (refused.length === 0) return report;
  const issues = refused.map(
    (text): Issue => ({
      kind: 'missing',
      fix: 'add-missing-agents',
      source: 'artifacts',
      text,
      artifacts: [text.slice(0, text.indexOf(':'))],
    }),
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

function gateOutbox(
  { phase, attempt }: AttemptMessage,
  report: GateReport,
  kept: { readonly report: string; readonly evidence: string },
  looked: readonly Looked[],
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
        inputs: looked.map(({ sha256 }) => sha256).sort(),
        body: { phase, attempt, verdict, score, minimum, certainty, reasons, notes: [...report.notes], ...kept },
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
