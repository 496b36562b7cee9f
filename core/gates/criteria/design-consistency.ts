import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { assetUses } from '../evidence/design-tokens.ts';
import { measurement } from '../evidence/measurement.ts';

export const designConsistency: Criterion = {
  id: 'design-consistency',
  kind: 'computed',
  evidence:
    'colours and fonts written in VisualAssets, and DesignSystem.usage of the built pages where it was measured',
  formula: "colours, fonts and spacings that come from the DesignSystem's tokens / all used",
  evaluate(evidence) {
    const uses = assetUses(evidence);
    if ('status' in uses) return uses;
    const pages = measurement<{ fromTokens: number; total: number }>(evidence, 'DesignSystem', 'usage');
    const built = 'value' in pages ? pages.value : { fromTokens: 0, total: 0 };
    const good = uses.flatMap(({ fromTokens }) => fromTokens).length + built.fromTokens;
    const foreign = uses.flatMap(({ foreign }) => foreign);
    const all = uses.flatMap(({ fromTokens }) => fromTokens).length + foreign.length + built.total;
    if (all === 0) return unmeasured('nothing that is drawn has a colour, a font or a spacing');
    const findings = [...new Set(foreign)].map(
      (value): Finding => ({ kind: 'other', text: `${value} is not a token` }),
    );
    const scope = 'value' in pages ? 'of assets and built pages' : 'of assets; built pages are unmeasured';
    return share(good, all, `values ${scope} come from tokens`, findings);
  },
};
