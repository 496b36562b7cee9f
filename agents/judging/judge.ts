import { z } from 'zod';
import { artifactTypes } from '../../core/artifacts/artifact-type.ts';
import { claim } from '../../core/artifacts/claim.ts';
import { defineAgent } from '../sdk/agent.ts';

interface Asked {
  readonly id: string;
  readonly rubric: string;
}

/** Judges what others wrote, against the rubric of each criterion, citing what it rests on. Runs on a tier of its own. */
export const judge = defineAgent({
  id: 'judge',
  title: 'Judge',
  workerClass: 'models',
  reads: [],
  makes: ['Judgements'],
  async run(ctx) {
    const { asked } = ctx.input.artifact<{ readonly asked: readonly Asked[] }>('Judgements');
    const types = artifactTypes.filter((type) => ctx.input.has(type));
    const [first] = types;
    if (first === undefined || asked.length === 0) return { artifacts: { Judgements: {} } };
    const opinions = await ctx.step('judge', () =>
      ctx.model.draft({
        artifact: first,
        schema: z.strictObject(Object.fromEntries(asked.map(({ id, rubric }) => [id, opinionOf(rubric)]))),
        instructions:
          'you did not write this; judge it against each rubric from 0 (not at all) to 1 (fully) and cite what your opinion rests on',
        sources: ['Idea', ...types],
      }),
    );
    const judgements = Object.fromEntries(
      Object.entries(opinions).map(([id, { score, opinion }]) => [
        id,
        { score, rationale: opinion.text, cites: opinion.cites },
      ]),
    );
    return { artifacts: { Judgements: judgements } };
  },
});

const opinionOf = (rubric: string) =>
  z.strictObject({ score: z.number().min(0).max(1).describe('0 to 1'), opinion: claim(rubric) });
