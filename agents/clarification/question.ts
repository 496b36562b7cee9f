import { gapsOf } from '../../core/clarification/gaps.ts';
import { chooseQuestions } from '../../core/clarification/question.ts';
import { defineAgent } from '../sdk/agent.ts';
import { evidenceOf, paperOf } from './evidence-of.ts';

/** Asks about what the phase left open: the most urgent first, near duplicates once. */
export const clarifyQuestion = defineAgent({
  id: 'clarify-question',
  title: 'Question',
  workerClass: 'models',
  reads: [],
  makes: ['Clarification'],
  async run(ctx) {
    const { makes, most, known, again = [] } = paperOf(ctx);
    const questions = await ctx.step('ask', () => [
      ...chooseQuestions(gapsOf(evidenceOf(ctx, makes)), most, known.questions),
      ...again,
    ]);
    return { artifacts: { Clarification: { questions } } };
  },
});
