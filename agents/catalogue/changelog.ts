import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import type { ReleaseNotes } from '../../core/artifacts/release-notes.ts';
import { citing } from '../drafting/citing.ts';
import { unmeasuredIn } from '../drafting/unmeasured-in.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the change log, and what of the dossier the release phase can see. */
export const changelog = defineAgent({
  id: 'changelog',
  title: 'Change log',
  workerClass: 'models',
  reads: ['ReleaseNotes', 'TestReport', 'SBOM', 'RepoManifest', 'DeploymentPlan', 'RollbackPlan', 'CanaryRules'],
  makes: ['ReleaseNotes', 'DossierDraft'],
  async run(ctx) {
    const { version, entries } = ctx.input.artifact<ReleaseNotes>('ReleaseNotes');
    const changes = await ctx.step('write the change log', () => [
      {
        section: 'added',
        items: entries.map(({ title }, at) => citing('ReleaseNotes', `/entries/${at}/title`, title)),
      },
    ]);
    await ctx.progress(0.5);
    const items = await ctx.step('look over the dossier', () =>
      SECTIONS.map(([section, artifact]) => {
        const unmeasured = unmeasuredIn(ctx.input.artifact(artifact)).map(
          ({ pointer, reason }) => `${pointer}: ${reason}`,
        );
        return { section, artifact, state: unmeasured.length === 0 ? 'complete' : 'unmeasured', unmeasured };
      }),
    );
    return { artifacts: { ReleaseNotes: { changelog: changes }, DossierDraft: { version, items } } };
  },
});

/** Artifacts of the dossier that this phase has, with their section. */
const SECTIONS: readonly (readonly [string, ArtifactType])[] = [
  ['code', 'RepoManifest'],
  ['code', 'TestReport'],
  ['security', 'SBOM'],
  ['quality', 'ReleaseNotes'],
  ['deployment', 'DeploymentPlan'],
  ['deployment', 'RollbackPlan'],
  ['deployment', 'CanaryRules'],
];
