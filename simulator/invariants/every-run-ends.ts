import type { Invariant } from './invariant.ts';

export const everyRunEnds: Invariant = {
  id: 'every-run-ends',
  says: 'every run ends, passed or failed, with its row, its execution and its phases agreeing',
  atEnd(end) {
    return end.of('RUN').flatMap((run) => {
      const status = end.executions.get(run.executionArn);
      const wrong: string[] = [];
      if (run.status === 'RUNNING') wrong.push(`${run.runId} is still RUNNING, its execution is ${status}`);
      if (status === undefined || status === 'RUNNING') wrong.push(`the execution of ${run.runId} has not ended`);
      if (run.status === 'SUCCEEDED' && status !== 'SUCCEEDED' && !end.stopped)
        wrong.push(`${run.runId} SUCCEEDED, its execution is ${status}`);
      if (run.status === 'SUCCEEDED') {
        const open = end.of('PHASE').filter((phase) => phase.pk === run.pk && phase.status !== 'handed-on');
        wrong.push(...open.map(({ phase }) => `${run.runId} SUCCEEDED without ${phase}`));
      }
      return wrong;
    });
  },
};
