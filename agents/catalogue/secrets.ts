import { unmeasured } from '../../core/artifacts/measured.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Looks for secrets in every file of the repository. */
export const secrets = defineAgent({
  id: 'secrets',
  title: 'Secrets',
  workerClass: 'tools',
  reads: ['RepoManifest'],
  makes: ['SecretsScanReport'],
  async run(ctx) {
    const { files } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const filesInScope = await ctx.step('count the files', () => files.length);
    return { artifacts: { SecretsScanReport: { filesInScope, secrets: unmeasured(NOT_RUN.scanner) } } };
  },
});
