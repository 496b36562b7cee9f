import { techStackProposalSchema } from '../../core/artifacts/tech-stack-proposal.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { chooseStack } from '../drafting/stack.ts';
import { defineAgent } from '../sdk/agent.ts';
import { passagesOf } from '../text/passages.ts';

/** Proposes what to build with: what the idea names, else what the built-in generator makes. */
export const techStack = defineAgent({
  id: 'tech-stack',
  title: 'Technology',
  workerClass: 'models',
  reads: ['ConstraintsList', 'Idea'],
  makes: ['TechStackProposal'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'TechStackProposal',
      about: 'technical drivers',
      fields: techStackProposalSchema.pick({ drivers: true }),
      sources: ['ConstraintsList', 'Idea'],
    });
    await ctx.progress(0.6);
    const choices = await ctx.step('choose the stack', () => chooseStack(passagesOf('Idea', ctx.input.idea)));
    return { artifacts: { TechStackProposal: { ...drafted, choices } } };
  },
});
