import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import type { DeploymentPlan } from '../../core/artifacts/deployment-plan.ts';
import type { signals } from '../../core/artifacts/monitoring-dashboard.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';
import type { ToolValues } from '../sdk/tools.ts';

/** Describes a dashboard for each golden signal and the alarms that follow from the canary rules. */
export const monitor = defineAgent({
  id: 'monitor',
  title: 'Monitoring',
  workerClass: 'tools',
  reads: ['CanaryRules', 'DeploymentPlan'],
  makes: ['MonitoringDashboard'],
  async run(ctx) {
    const dashboards = await ctx.step('describe the dashboards', () =>
      DASHBOARDS.map((dashboard) => ({ ...dashboard })),
    );
    await ctx.progress(0.5);
    const { rules, windowSeconds } = ctx.input.artifact<CanaryRules>('CanaryRules');
    const alarms = await ctx.step('set the alarms', () =>
      rules.map(({ metric, limit, unit, onBreach }) => ({ metric, limit, unit, action: onBreach })),
    );
    const { workspace, healthChecks } = ctx.input.artifact<DeploymentPlan>('DeploymentPlan');
    const watched = await measure(ctx, 'service-check', workspace, { healthChecks, windowSeconds });
    const installed = figureOf(watched, (value) => ({ dashboards: answering(value) }));
    return { artifacts: { MonitoringDashboard: { dashboards, alarms, installed } } };
  },
});

/** A dashboard answers when the running service gave each of its panels a value over the window. */
function answering({ canary }: ToolValues['service-check']): number {
  const given = new Set<string>([
    ...(canary.requests > 0 ? ['latency-p95', 'requests', 'error-share'] : []),
    ...(canary.rssBytes > 0 ? ['memory'] : []),
    ...(canary.databaseBytes > 0 ? ['database-size'] : []),
  ]);
  return DASHBOARDS.filter(({ panels }) => panels.every(({ metric }) => given.has(metric))).length;
}

interface Dashboard {
  readonly signal: (typeof signals)[number];
  readonly title: string;
  readonly panels: readonly { readonly title: string; readonly metric: string; readonly unit: string }[];
}

const DASHBOARDS: readonly Dashboard[] = [
  {
    signal: 'latency',
    title: 'How fast it answers',
    panels: [{ title: '95th percentile by operation', metric: 'latency-p95', unit: 'milliseconds' }],
  },
  {
    signal: 'traffic',
    title: 'How much it is used',
    panels: [{ title: 'Requests by operation', metric: 'requests', unit: 'count' }],
  },
  {
    signal: 'errors',
    title: 'What goes wrong',
    panels: [{ title: 'Share of failed requests', metric: 'error-share', unit: 'basis-points' }],
  },
  {
    signal: 'saturation',
    title: 'How full it is',
    panels: [
      { title: 'Memory', metric: 'memory', unit: 'bytes' },
      { title: 'Size of the database file', metric: 'database-size', unit: 'bytes' },
    ],
  },
];
