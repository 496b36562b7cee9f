import { unmeasured } from '../../core/artifacts/measured.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Probes the started service at each of its endpoints. */
export const dast = defineAgent({
  id: 'dast',
  title: 'Dynamic analysis',
  workerClass: 'tools',
  reads: ['RepoManifest'],
  makes: ['SecurityPack'],
  async run(ctx) {
    const { endpoints } = ctx.input.artifact<RepoManifest>('RepoManifest');
    const scope = await ctx.step('count the endpoints', () => ({ endpoints: endpoints.length }));
    return { artifacts: { SecurityPack: { dast: unmeasured(NOT_RUN.service), scope } } };
  },
});
