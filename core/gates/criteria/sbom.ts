import { type Criterion, inapplicable, share } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export const sbom: Criterion = {
  id: 'sbom',
  kind: 'measured',
  evidence: 'SBOM.coverage',
  formula: 'components listed / components installed',
  evaluate: (evidence) =>
    fromMeasurement<{ listed: number; installed: number }>(evidence, 'SBOM', 'coverage', ({ listed, installed }) => {
      if (installed === 0) return inapplicable('no components are installed');
      const findings =
        listed < installed
          ? [{ kind: 'coverage' as const, text: `${installed - listed} installed components are not listed` }]
          : [];
      return share(Math.min(listed, installed), installed, 'installed components are listed', findings);
    }),
};
