import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { tokenUses } from '../evidence/design-tokens.ts';
import { measurement } from '../evidence/measurement.ts';

export const designConsistency: Criterion = {
  id: 'design-consistency',
  kind: 'computed',
  evidence:
    'colours, fonts and spacings written in VisualAssets and in the built pages: DesignSystem.usage where a browser ' +
    'measured it, else style sheets and pages of SourceCode',
  formula:
    "colours, fonts and spacings that come from the DesignSystem's tokens / all used; unmeasured without built pages",
  evaluate(evidence) {
    const uses = tokenUses(evidence);
    if ('status' in uses) return uses;
    const browser = measurement<{ fromTokens: number; total: number }>(evidence, 'DesignSystem', 'usage');
    const seen = 'value' in browser ? browser.value : undefined;
    if (seen === undefined && uses.pages.length === 0) {
      return unmeasured('there is no built page whose look could be checked');
    }
    const read = seen === undefined ? [...uses.assets, ...uses.pages] : uses.assets;
    const good = read.flatMap(({ fromTokens }) => fromTokens).length + (seen?.fromTokens ?? 0);
    const foreign = read.flatMap((use) => use.foreign);
    const all = read.flatMap(({ fromTokens }) => fromTokens).length + foreign.length + (seen?.total ?? 0);
    if (all === 0) return unmeasured('nothing that is drawn has a colour, a font or a spacing');
    const findings = [...new Set(foreign)].map(
      (value): Finding => ({ kind: 'other', text: `${value} is not a token` }),
    );
    const scope = seen === undefined ? 'built pages as their source says' : 'built pages as a browser drew them';
    return share(good, all, `values of assets and ${scope} come from tokens`, findings);
  },
};
