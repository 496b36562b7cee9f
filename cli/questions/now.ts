// What goes on at this moment: open runs, held tasks, timers.

import { CLAIMED } from '../../store/keys.ts';
import { activeRunIds, getRun, listRuns } from '../../store/runs.ts';
import { queryIndex } from '../../store/table.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { listTimers } from '../../store/timers.ts';
import { type Question, seconds } from './question.ts';

export const running: Question = {
  name: 'running',
  asks: 'what runs now, and how stale is its heartbeat?',
  async answer(stage) {
    const now = stage.now();
    const held = await queryIndex<TaskRow>(stage.table, CLAIMED, '9999');
    return held.map(({ runId, phase, task, progress, heartbeatAt }) => ({
      run: runId,
      phase,
      task,
      progress: progress ?? null,
      secondsSinceHeartbeat: heartbeatAt === undefined ? null : seconds(now - Date.parse(heartbeatAt)),
    }));
  },
};

export const timers: Question = {
  name: 'timers',
  asks: 'which timer fires next?',
  async answer(stage) {
    const open = await activeRunIds(stage.table);
    const all = await Promise.all(open.map((runId) => listTimers(stage.table, runId)));
    return all
      .flat()
      .filter(({ status }) => status === 'armed')
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ at, runId, name, kind, phase }) => ({ at, run: runId, timer: name, kind, phase: phase ?? null }));
  },
};

export const runs: Question = {
  name: 'runs',
  asks: 'what were the last 100 runs?',
  async answer(stage) {
    const rows = await listRuns(stage.table, 100);
    return rows.map(({ runId, status, startedAt, endedAt, cause }) => ({
      run: runId,
      status,
      startedAt,
      endedAt: endedAt ?? null,
      seconds: endedAt === undefined ? null : seconds(Date.parse(endedAt) - Date.parse(startedAt)),
      cause: cause ?? null,
    }));
  },
};

export const open: Question = {
  name: 'open',
  asks: 'which runs are open, and until when may they run?',
  async answer(stage) {
    const ids = await activeRunIds(stage.table);
    const rows = await Promise.all(ids.map((runId) => getRun(stage.table, runId)));
    return rows.flatMap((run) =>
      run === undefined ? [] : [{ run: run.runId, startedAt: run.startedAt, deadlineAt: run.deadlineAt }],
    );
  },
};
