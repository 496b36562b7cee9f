import { type Criterion, type Finding, share } from '../criterion.ts';
import { assetUses } from '../evidence/design-tokens.ts';

export const branding: Criterion = {
  id: 'branding',
  kind: 'computed',
  evidence: 'VisualAssets and the tokens of DesignSystem',
  formula: 'assets all of whose colours and fonts come from the tokens / assets',
  evaluate(evidence) {
    const uses = assetUses(evidence);
    if ('status' in uses) return uses;
    const findings = uses
      .filter(({ foreign }) => foreign.length > 0)
      .map(
        ({ path, foreign }): Finding => ({
          kind: 'other',
          text: `${path} uses ${[...new Set(foreign)].join(', ')}, not a token`,
        }),
      );
    return share(uses.length - findings.length, uses.length, 'assets use tokens only', findings);
  },
};
