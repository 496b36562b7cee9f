import type { ReleaseNotes } from '../../core/artifacts/release-notes.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import { canaryRules, planDeployment, planRollback } from '../domain/deployment.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Plans how the release goes out, how it comes back, and what a small share of traffic must show in between. */
export const deployment = defineAgent({
  id: 'deployment',
  title: 'Deployment plan',
  workerClass: 'models',
  reads: ['ReleaseNotes', 'RepoManifest', 'TestReport'],
  makes: ['DeploymentPlan', 'RollbackPlan', 'CanaryRules'],
  async run(ctx) {
    const { version } = ctx.input.artifact<ReleaseNotes>('ReleaseNotes');
    const manifest = ctx.input.artifact<RepoManifest>('RepoManifest');
    const rules = await ctx.step('set the canary rules', () => canaryRules());
    await ctx.progress(0.3);
    const plan = await ctx.step('plan the deployment', () => planDeployment(version, manifest, rules));
    await ctx.progress(0.7);
    const rollback = await ctx.step('plan the rollback', () => planRollback(plan, rules));
    return { artifacts: { DeploymentPlan: plan, RollbackPlan: rollback, CanaryRules: rules } };
  },
});
