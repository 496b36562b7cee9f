import { usable } from '../../core/clarification/knowledge.ts';
import { validate } from '../../core/clarification/validate.ts';
import { defineAgent } from '../sdk/agent.ts';
import { evidenceOf, paperOf } from './evidence-of.ts';

/** Accepts an answer only when it is grounded, complete, specific and consistent with what is known. */
export const clarifyValidation = defineAgent({
  id: 'clarify-validation',
  title: 'Validation',
  workerClass: 'models',
  reads: [],
  makes: ['Clarification'],
  async run(ctx) {
    const { makes, known, questions = [], answers = [] } = paperOf(ctx);
    const evidence = evidenceOf(ctx, makes);
    const statements = usable(known).map(({ id, statement }) => ({ text: statement, where: id }));
    const validations = await ctx.step('validate', () =>
      answers.flatMap((answer) => {
        const question = questions.find(({ id }) => id === answer.question);
        return question === undefined ? [] : [validate(evidence, question, answer, statements)];
      }),
    );
    return { artifacts: { Clarification: { validations } } };
  },
});
