import { type Criterion, type Finding, share } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

/** One for each of the golden signals. */
const DASHBOARDS = 4;

export const monitoring: Criterion = {
  id: 'monitoring',
  kind: 'measured',
  evidence: 'MonitoringDashboard.installed: dashboards that answer',
  formula: 'dashboards / 4, at most 1',
  evaluate: (evidence) =>
    fromMeasurement<{ dashboards: number }>(evidence, 'MonitoringDashboard', 'installed', ({ dashboards }) => {
      const there = Math.min(dashboards, DASHBOARDS);
      const findings: Finding[] =
        there < DASHBOARDS ? [{ kind: 'missing', text: `${DASHBOARDS - there} dashboards are missing` }] : [];
      return share(there, DASHBOARDS, 'dashboards answer', findings);
    }),
};
