import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import { ideaSpecSchema } from '../../core/artifacts/idea-spec.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';
import { statedFigures } from '../text/figures.ts';
import { passagesOf } from '../text/passages.ts';

/** Lists what the product must do and be, and every number the idea states. */
export const requirements = defineAgent({
  id: 'requirements',
  title: 'Requirements',
  workerClass: 'models',
  reads: ['Idea', 'IdeaSpec'],
  makes: ['IdeaSpec'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'IdeaSpec',
      about: 'requirements',
      fields: ideaSpecSchema.pick({ requirements: true }),
      sources: ['Idea'],
    });
    await ctx.progress(0.7);
    const figures = await ctx.step('collect figures', () =>
      statedFigures(passagesOf('Idea', ctx.input.idea)).map(({ value, unit, passage }, at) => ({
        id: `F${at + 1}`,
        statement: { text: passage.text, cites: [passage.cite] },
        value,
        unit,
      })),
    );
    const taken = elsewhere(ctx.input.artifact<Partial<IdeaSpec>>('IdeaSpec'));
    const kept = drafted.requirements
      .filter(({ statement }) => !taken.has(statement.text))
      .map((requirement, at) => ({ ...requirement, id: `R${at + 1}` }));
    return { artifacts: { IdeaSpec: { requirements: kept, figures } } };
  },
});

/** What the idea rules out, bemoans or is called is nothing the product must do. */
function elsewhere(spec: Partial<IdeaSpec>): Set<string> {
  const claims = [spec.title, spec.problem, ...(spec.outOfScope ?? []), ...(spec.goals ?? [])];
  return new Set(claims.flatMap((claim) => (claim === undefined ? [] : [claim.text])));
}
