import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import type { DeploymentPlan } from '../../core/artifacts/deployment-plan.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { decide, outcomeOf } from '../domain/canary.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Starts the release, asks for its health, and watches it over the canary window by its rules. */
export const deploy = defineAgent({
  id: 'deploy',
  title: 'Deployment',
  workerClass: 'tools',
  reads: ['DeploymentPlan', 'RollbackPlan', 'CanaryRules'],
  makes: ['DeploymentReport', 'CanaryResults'],
  async run(ctx) {
    const { version, steps, workspace, healthChecks } = ctx.input.artifact<DeploymentPlan>('DeploymentPlan');
    const { windowSeconds, rules } = ctx.input.artifact<CanaryRules>('CanaryRules');
    const watched = await measure(ctx, 'service-check', workspace, { healthChecks, windowSeconds });
    await ctx.progress(0.9);
    const report = {
      version,
      url: figureOf(watched, ({ url }) => url),
      steps: steps.map(({ id, action, command }) => ({
        id,
        action,
        // What is carried out is the start; traffic, backups and tables are the target environment's.
        outcome: command === 'npm start' ? figureOf(watched, () => 'done' as const) : unmeasured(NOT_RUN.deployment),
      })),
      health: figureOf(watched, ({ health }) => health),
    };
    const canary = {
      windowSeconds,
      requests: figureOf(watched, ({ canary: { requests, errors, windowSeconds: seconds } }) => ({
        total: requests,
        errors,
        seconds,
      })),
      rules: rules.map((rule) => ({
        metric: rule.metric,
        outcome: figureOf(watched, (value) => outcomeOf(rule, value)),
      })),
      decision: figureOf(watched, (value) => decide(rules, value)),
    };
    return { artifacts: { DeploymentReport: report, CanaryResults: canary } };
  },
});
