import { unmeasured } from '../../core/artifacts/measured.ts';
import type { ReleaseNotes } from '../../core/artifacts/release-notes.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Asks the first users about each story of the release. */
export const feedback = defineAgent({
  id: 'feedback',
  title: 'Feedback',
  workerClass: 'tools',
  reads: ['ReleaseNotes', 'GTMStrategy'],
  makes: ['BetaMetrics'],
  async run(ctx) {
    const { entries } = ctx.input.artifact<ReleaseNotes>('ReleaseNotes');
    const questions = await ctx.step('write the questions', () =>
      entries.map(({ story, title }, at) => ({
        id: `BQ${at + 1}`,
        about: story,
        question: `Did this work for you, and what was in the way? ${title.text}`,
      })),
    );
    return { artifacts: { BetaMetrics: { feedback: { questions, responses: unmeasured(NOT_RUN.users) } } } };
  },
});
