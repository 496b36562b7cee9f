import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { styleGuideSchema } from '../../core/artifacts/style-guide.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { wordMark } from '../domain/logo.ts';
import { vocabularyOf } from '../domain/vocabulary.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says what the product is called, how it speaks and in which words, and draws its mark. */
export const branding = defineAgent({
  id: 'branding',
  title: 'Branding',
  workerClass: 'models',
  reads: ['IdeaSpec', 'ImplementedStories'],
  makes: ['StyleGuide', 'VisualAssets'],
  prepare: loadGrammar,
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'StyleGuide',
      about: 'name and voice',
      fields: styleGuideSchema.pick({ name: true, voice: true }),
      sources: ['IdeaSpec'],
    });
    await ctx.progress(0.4);
    const { stories } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const vocabulary = await ctx.step('collect the words', () => vocabularyOf(stories));
    await ctx.progress(0.7);
    const mark = await ctx.step('draw the mark', () => wordMark(ctx.input.artifact<IdeaSpec>('IdeaSpec').title.text));
    return { artifacts: { StyleGuide: { ...drafted, vocabulary }, VisualAssets: { assets: [mark] } } };
  },
});
