import { z } from 'zod';
import type { ArtifactType, SourceName } from '../../core/artifacts/artifact-type.ts';
import { isArtifactType } from '../../core/artifacts/artifact-type.ts';
import { answerWith } from '../../core/clarification/answer.ts';
import type { Question } from '../../core/clarification/question.ts';
import { defineAgent } from '../sdk/agent.ts';
import { evidenceOf, paperOf } from './evidence-of.ts';
import { answerClaim } from './field-claim.ts';

/** Questions answered in one call. */
const AT_ONCE = 5;

/** Answers from the idea and the artifacts at hand, citing where it stands; what they do not say stays UNKNOWN. */
export const clarifyAnswer = defineAgent({
  id: 'clarify-answer',
  title: 'Answer',
  workerClass: 'models',
  reads: [],
  makes: ['Clarification'],
  async run(ctx) {
    const { makes } = paperOf(ctx);
    const questions = (ctx.shard?.items ?? []) as unknown as readonly Question[];
    const evidence = evidenceOf(ctx, makes);
    const sources: SourceName[] = ['Idea', ...(Object.keys(evidence.artifacts) as ArtifactType[])];
    const answers = [];
    for (let from = 0; from < questions.length; from += AT_ONCE) {
      const batch = questions.slice(from, from + AT_ONCE);
      const drafted = await ctx.step(`answer ${batch.map(({ id }) => id).join(' ')}`, () =>
        ctx.model.draft({
          artifact: artifactOf(batch),
          schema: z.strictObject(Object.fromEntries(batch.map((question) => [question.id, answerClaim(question)]))),
          instructions: 'answer each question from the sources alone',
          sources,
        }),
      );
      for (const question of batch) {
        const claim = drafted[question.id];
        if (claim !== undefined) answers.push(answerWith(evidence, question, claim));
      }
      await ctx.progress(Math.min(1, (from + AT_ONCE) / questions.length));
    }
    return { artifacts: { Clarification: { answers } } };
  },
});

function artifactOf(batch: readonly Question[]): ArtifactType {
  const named = batch[0]?.decision.artifact ?? '';
  return isArtifactType(named) ? named : 'IdeaSpec';
}
