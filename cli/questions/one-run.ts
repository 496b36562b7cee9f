// What happened in one run, and what it cost.

import { costSummary } from '../../core/ledger/costs.ts';
import { summaryOf } from '../../core/metrics/summary.ts';
import { listAttempts } from '../../store/attempts.ts';
import { readEvents } from '../../store/events.ts';
import { readLedger } from '../../store/ledger.ts';
import { listTasks } from '../../store/task-row.ts';
import { type Question, runNamed, seconds } from './question.ts';

export const tasks: Question = {
  name: 'tasks',
  asks: 'how many tasks has each phase of a run, how long do they take and what do they cost?',
  about: 'run',
  async answer(stage, runId) {
    await runNamed(stage, runId);
    const all = await listTasks(stage.table, runId);
    return [...new Set(all.map(({ phase }) => phase))].map((phase) => {
      const own = all.filter((task) => task.phase === phase);
      const took = own.flatMap(({ startedAt, committedAt }) =>
        startedAt === undefined || committedAt === undefined ? [] : [Date.parse(committedAt) - Date.parse(startedAt)],
      );
      return {
        phase,
        tasks: own.length,
        committed: own.filter(({ status }) => status === 'committed').length,
        setAside: own.filter(({ status }) => status === 'set-aside').length,
        meanSeconds: seconds(summaryOf(took).mean),
        usdMicros: own.reduce((sum, { spentUsdMicros }) => sum + spentUsdMicros, 0),
        tokens: own.reduce((sum, { spentTokens }) => sum + spentTokens, 0),
      };
    });
  },
};

export const timeline: Question = {
  name: 'timeline',
  asks: 'what happened in a run, in order?',
  about: 'run',
  async answer(stage, runId) {
    await runNamed(stage, runId);
    const events = await readEvents(stage.table, runId);
    return events.map(({ seq, at, type, phase, task, detail }) => ({
      seq,
      at,
      event: type,
      phase: phase ?? null,
      task: task ?? null,
      detail: JSON.stringify(detail),
    }));
  },
};

export const cost: Question = {
  name: 'cost',
  asks: 'what did a run cost, by phase and agent?',
  about: 'run',
  async answer(stage, runId) {
    await runNamed(stage, runId);
    const { byAgent, total } = costSummary(await readLedger(stage.ledger, runId));
    const row = (phase: string, agent: string, sum: typeof total, tasks: number | null) => ({
      phase,
      agent,
      tasks,
      modelCalls: sum.modelCalls,
      tokens: sum.tokens,
      usdMicros: sum.usdMicros,
    });
    return [...byAgent.map((one) => row(one.phase, one.agent, one, one.tasks)), row('all', 'all', total, null)];
  },
};

export const gateHistory: Question = {
  name: 'gate-history',
  asks: 'how did the gates of a run end, attempt by attempt?',
  about: 'run',
  async answer(stage, runId) {
    await runNamed(stage, runId);
    const attempts = await listAttempts(stage.table, runId);
    return attempts.map(({ phase, attempt, startedAt, verdict, score, reasons = [] }) => ({
      phase,
      attempt,
      startedAt,
      verdict: verdict ?? null,
      score: score ?? null,
      because: reasons.join('; '),
    }));
  },
};
