import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Looks for secrets in every file of the repository. */
export const secrets = defineAgent({
  id: 'secrets',
  title: 'Secrets',
  workerClass: 'tools',
  reads: ['RepoManifest'],
  makes: ['SecretsScanReport'],
  async run(ctx) {
    const { files, workspace } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const filesInScope = await ctx.step('count the files', () => files.length);
    const scanned = await measure(ctx, 'secret-scan', workspace, {});
    const found = figureOf(scanned, (value) => value.secrets);
    return { artifacts: { SecretsScanReport: { filesInScope, secrets: found } } };
  },
});
