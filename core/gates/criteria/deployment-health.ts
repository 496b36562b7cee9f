import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export const deploymentHealth: Criterion = {
  id: 'deployment-health',
  kind: 'measured',
  evidence: 'DeploymentReport.health',
  formula: 'health checks passed / health checks run',
  evaluate: (evidence) =>
    fromMeasurement<{ passed: number; total: number }>(evidence, 'DeploymentReport', 'health', ({ passed, total }) => {
      if (total === 0) return unmeasured('no health check was run');
      const findings: Finding[] =
        passed < total ? [{ kind: 'other', text: `${total - passed} health checks fail` }] : [];
      return share(passed, total, 'health checks pass', findings);
    }),
};
