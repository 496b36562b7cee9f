// What a person sees of a running phase: who is at work, and with which tools.

import { expect, it } from '@jest/globals';
import { phaseNews } from '../../cli/frame.ts';
import type { Snapshot } from '../../cli/snapshot.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';

it('names the agents at work in a running phase with the tools they may run', () => {
  const pipeline = {
    phases: [
      {
        id: 'qa',
        agents: [
          { id: 'load-test', tools: ['load'] },
          { id: 'accessibility', tools: ['page-audit'] },
          { id: 'compatibility', tools: [] },
        ],
      },
    ],
  } as unknown as Pipeline;
  const row = { phase: 'qa', attempt: 1, status: 'running', startedAt: '2026-01-01T00:00:00.000Z' };
  const task = (agent: string, status: string) => ({ phase: 'qa', attempt: 1, agent, status });
  const tasks = [task('load-test', 'claimed'), task('accessibility', 'committed'), task('compatibility', 'claimed')];
  const now = Date.parse('2026-01-01T00:00:05.000Z');
  const line = phaseNews(row as Snapshot['phases'][number], tasks as unknown as Snapshot['tasks'], {
    pipeline,
    now,
    colour: false,
  });
  expect(line.replace(/ +/g, ' ')).toBe('● qa: 5.0s 1/3 tasks running load-test (load), compatibility');
});
