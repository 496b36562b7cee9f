import { releaseNotesSchema } from '../../core/artifacts/release-notes.ts';
import type { TestReport } from '../../core/artifacts/test-report.ts';
import { nextVersion } from '../domain/version.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { unmeasuredIn } from '../drafting/unmeasured-in.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says what the release holds, story by story, and what is not verified. */
export const releaseNotes = defineAgent({
  id: 'release-notes',
  title: 'Release notes',
  workerClass: 'models',
  reads: ['TestReport', 'BusinessPlan', 'SBOM', 'DesignSystem', 'RepoManifest'],
  makes: ['ReleaseNotes'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'ReleaseNotes',
      about: 'summary and highlights',
      fields: releaseNotesSchema.pick({ summary: true, highlights: true }),
      sources: ['TestReport', 'BusinessPlan'],
    });
    await ctx.progress(0.5);
    const report = ctx.input.artifact<TestReport>('TestReport');
    const entries = await ctx.step('list the stories', () =>
      report.stories.map(({ story, title, outcome }, at) => ({
        story,
        title: citing('TestReport', `/stories/${at}/title`, title),
        state: outcome.status === 'unmeasured' ? 'unverified' : outcome.value === 'passed' ? 'verified' : 'failing',
      })),
    );
    const knownLimits = await ctx.step('list what is not verified', () =>
      (['TestReport', 'SBOM', 'DesignSystem', 'RepoManifest'] as const).flatMap((type) =>
        unmeasuredIn(ctx.input.artifact(type)).map(({ reason }) => `${type}: ${reason}`),
      ),
    );
    const version = nextVersion(null, []);
    return { artifacts: { ReleaseNotes: { ...version, ...drafted, entries, knownLimits: [...new Set(knownLimits)] } } };
  },
});
