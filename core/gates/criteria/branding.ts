import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { tokenUses } from '../evidence/design-tokens.ts';

export const branding: Criterion = {
  id: 'branding',
  kind: 'computed',
  evidence: 'VisualAssets, style sheets and pages of SourceCode, and the tokens of DesignSystem',
  formula:
    'assets and built files all of whose colours, fonts and spacings come from the tokens / all; unmeasured without built pages',
  evaluate(evidence) {
    const uses = tokenUses(evidence);
    if ('status' in uses) return uses;
    if (uses.pages.length === 0) return unmeasured('there is no built page whose look could be checked');
    const all = [...uses.assets, ...uses.pages];
    const findings = all
      .filter(({ foreign }) => foreign.length > 0)
      .map(
        ({ path, foreign }): Finding => ({
          kind: 'other',
          text: `${path} uses ${[...new Set(foreign)].join(', ')}, not a token`,
        }),
      );
    return share(all.length - findings.length, all.length, 'assets and built files use tokens only', findings);
  },
};
