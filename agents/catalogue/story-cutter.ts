import { z } from 'zod';
import { claim, claims } from '../../core/artifacts/claim.ts';
import { GROUNDS } from '../../core/artifacts/grounds.ts';
import type { IdeaSpec, Requirement } from '../../core/artifacts/idea-spec.ts';
import type { UserStory } from '../../core/artifacts/user-stories.ts';
import { dependenciesOf } from '../domain/dependencies.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { userOf } from '../drafting/users.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Cuts one story from each requirement that is something to do, with its benefit and what shows that it works. */
export const storyCutter = defineAgent({
  id: 'story-cutter',
  title: 'Story cutter',
  workerClass: 'models',
  reads: ['IdeaSpec'],
  makes: ['UserStories'],
  async run(ctx) {
    const spec = ctx.input.artifact<IdeaSpec>('IdeaSpec');
    const toDo = spec.requirements
      .map((requirement, at) => ({ requirement, at }))
      .filter(({ requirement }) => requirement.kind === 'functional' || requirement.kind === 'unknown');
    const cut: Omit<UserStory, 'dependsOn'>[] = [];
    for (const [number, { requirement, at }] of toDo.entries()) {
      const drafted = await draftStep(ctx, {
        artifact: 'UserStories',
        about: 'why and how it shows',
        key: requirement.id,
        fields: storyFields(requirement),
        sources: ['IdeaSpec'],
      });
      const want = citing('IdeaSpec', `/requirements/${at}/statement`, requirement.statement);
      cut.push({
        id: `S${number + 1}`,
        title: want,
        asA: userOf(requirement.statement.text, spec.targetUsers),
        want,
        soThat: drafted.soThat,
        acceptance: [want, ...drafted.acceptance.filter(({ text }) => text !== want.text)],
        requirements: [requirement.id, ...served(spec.requirements, drafted.acceptance, requirement)],
      });
      await ctx.progress((number + 1) / toDo.length);
    }
    const needs = await ctx.step('order the stories', () => Object.fromEntries(dependenciesOf(cut)));
    const stories = cut.map((story) => ({ ...story, dependsOn: needs[story.id] ?? [] }));
    return { artifacts: { UserStories: { stories } } };
  },
});

function storyFields({ statement }: Requirement) {
  const about = statement.text;
  return z.strictObject({
    soThat: claim('benefit: problem, goal: why it matters: wait, lost, late, fall, save, because', {
      about,
      ...GROUNDS.benefit,
    }),
    acceptance: claims('acceptance: must, within, at most, only, never, until, when: rule or limit', 3, {
      about,
      shared: 2,
      ...GROUNDS.rule,
    }),
  });
}

/** A quality or limit that became an acceptance line of the story is served by it. */
function served(all: readonly Requirement[], acceptance: readonly { text: string }[], own: Requirement): string[] {
  return all
    .filter(({ id, kind, statement }) => {
      const isLimit = kind === 'quality' || kind === 'constraint';
      return isLimit && id !== own.id && acceptance.some(({ text }) => text === statement.text);
    })
    .map(({ id }) => id);
}
