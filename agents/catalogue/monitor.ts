import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { signals } from '../../core/artifacts/monitoring-dashboard.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

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
    const { rules } = ctx.input.artifact<CanaryRules>('CanaryRules');
    const alarms = await ctx.step('set the alarms', () =>
      rules.map(({ metric, limit, unit, onBreach }) => ({ metric, limit, unit, action: onBreach })),
    );
    return { artifacts: { MonitoringDashboard: { dashboards, alarms, installed: unmeasured(NOT_RUN.deployment) } } };
  },
});

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
