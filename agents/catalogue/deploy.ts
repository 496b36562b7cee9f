import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import type { DeploymentPlan } from '../../core/artifacts/deployment-plan.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Carries out the deployment plan up to the canary, and watches the canary by its rules. */
export const deploy = defineAgent({
  id: 'deploy',
  title: 'Deployment',
  workerClass: 'tools',
  reads: ['DeploymentPlan', 'RollbackPlan', 'CanaryRules'],
  makes: ['DeploymentReport', 'CanaryResults'],
  async run(ctx) {
    const notDeployed = unmeasured(NOT_RUN.deployment);
    const { version, steps } = ctx.input.artifact<DeploymentPlan>('DeploymentPlan');
    const report = await ctx.step('carry out the plan', () => ({
      version,
      url: notDeployed,
      steps: steps.map(({ id, action }) => ({ id, action, outcome: notDeployed })),
      health: notDeployed,
    }));
    await ctx.progress(0.5);
    const { windowSeconds, rules } = ctx.input.artifact<CanaryRules>('CanaryRules');
    const canary = await ctx.step('watch the canary', () => ({
      windowSeconds,
      requests: notDeployed,
      rules: rules.map(({ metric }) => ({ metric, outcome: notDeployed })),
      decision: notDeployed,
    }));
    return { artifacts: { DeploymentReport: report, CanaryResults: canary } };
  },
});
