// The dossier as people read it: the canonical part with the measured figures back in their places.

import { withFigures } from './figures.ts';
import type { Canonical, Dossier, DossierArtifact, DossierPhase, GateFigures } from './model.ts';

export type WholePhase = DossierPhase & Omit<GateFigures, 'phase'>;

export type Whole = Omit<Canonical, 'phases'> & { readonly phases: readonly WholePhase[] };

export function wholeOf({ canonical, measured }: Dossier): Whole {
  return {
    ...canonical,
    artifacts: canonical.artifacts.map((artifact, at): DossierArtifact => {
      const figures = measured.artifacts[at]?.figures ?? [];
      return { ...artifact, content: withFigures({ content: artifact.content, figures }) };
    }),
    phases: canonical.phases.map((phase, at): WholePhase => {
      const { phase: _phase, ...figures } = measured.gates[at] as GateFigures;
      return { ...phase, ...figures };
    }),
  };
}
