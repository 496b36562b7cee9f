import { z } from 'zod';
import { claim, claims, unknownClaim } from '../../core/artifacts/claim.ts';
import { GROUNDS } from '../../core/artifacts/grounds.ts';
import type { IdeaSpec, Requirement } from '../../core/artifacts/idea-spec.ts';
import type { UserStory } from '../../core/artifacts/user-stories.ts';
import { dependenciesOf } from '../domain/dependencies.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { attachLimits } from '../drafting/attach-limits.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { userOf } from '../drafting/users.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Cuts one story from each requirement that is something to do, with its benefit and what shows that it works. */
export const storyCutter = defineAgent({
  id: 'story-cutter',
  title: 'Story cutter',
  workerClass: 'models',
  prompt: 'story-cutter.md',
  reads: ['IdeaSpec'],
  makes: ['UserStories'],
  prepare: loadGrammar,
  async run(ctx) {
    const spec = ctx.input.artifact<IdeaSpec>('IdeaSpec');
    const whole = spec.requirements
      .map((requirement, at) => ({ requirement, at }))
      .filter(({ requirement }) => requirement.kind === 'functional' || requirement.kind === 'unknown');
    // A gate that found the scope too large has it reduced: what the idea says last is left for later.
    const inScope = whole.slice(0, Math.ceil(whole.length * (ctx.input.directions?.scope ?? 1)));
    // What another story wants is checked there, now or later.
    const wanted = new Set(whole.map(({ requirement }) => requirement.statement.text));
    const cut: Omit<UserStory, 'dependsOn'>[] = [];
    for (let from = 0; from < inScope.length; from += AT_ONCE) {
      const batch = inScope.slice(from, from + AT_ONCE);
      const drafted = await draftStep(ctx, {
        artifact: 'UserStories',
        about: 'why and how it shows',
        key: batch.map(({ requirement }) => requirement.id).join(' '),
        fields: z.strictObject(
          Object.fromEntries(batch.map(({ requirement }) => [requirement.id, storyFields(requirement)])),
        ),
        sources: ['requirements', 'goals', 'problem'].map(
          (field) => ({ source: 'IdeaSpec', under: `/${field}` }) as const,
        ),
      });
      cut.push(
        ...batch.map(({ requirement, at }, number) => {
          const { soThat, acceptance } = drafted[requirement.id] ?? NOTHING;
          const want = citing('IdeaSpec', `/requirements/${at}/statement`, requirement.statement);
          return {
            id: `S${from + number + 1}`,
            title: want,
            asA: userOf(requirement.statement.text, spec.targetUsers),
            want,
            soThat,
            acceptance: [want, ...acceptance.filter(({ text }) => !wanted.has(text))],
            requirements: [requirement.id, ...served(spec.requirements, acceptance, requirement)],
          };
        }),
      );
      await ctx.progress(Math.min(1, (from + AT_ONCE) / inScope.length));
    }
    const limited = attachLimits(cut, spec.requirements);
    const needs = await ctx.step('order the stories', () => Object.fromEntries(dependenciesOf(limited)));
    const stories = limited.map((story) => ({ ...story, dependsOn: needs[story.id] ?? [] }));
    return { artifacts: { UserStories: { stories } } };
  },
});

/** Stories drafted in one call. */
const AT_ONCE = 4;
const NOTHING = { soThat: unknownClaim(), acceptance: [] };

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
