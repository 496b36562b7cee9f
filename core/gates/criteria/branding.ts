import { type Criterion, type Finding, unmeasured } from '../criterion.ts';
import { tokenUses } from '../evidence/design-tokens.ts';
import { measurement } from '../evidence/measurement.ts';

export const branding: Criterion = {
  id: 'branding',
  kind: 'computed',
  evidence:
    'VisualAssets and the tokens of DesignSystem; of the built pages DesignSystem.usage where a browser measured it, else ' +
    'style sheets and pages of SourceCode',
  formula:
    'assets and built files all of whose colours, fonts and spacings come from the tokens / all; pages that a browser drew count as one file, by the share of their values; unmeasured without built pages',
  evaluate(evidence) {
    const uses = tokenUses(evidence);
    if ('status' in uses) return uses;
    const browser = measurement<{ fromTokens: number; total: number }>(evidence, 'DesignSystem', 'usage');
    const drawn = 'value' in browser && browser.value.total > 0 ? browser.value : undefined;
    if (drawn === undefined && uses.pages.length === 0) {
      return unmeasured('there is no built page whose look could be checked');
    }
    const files = drawn === undefined ? [...uses.assets, ...uses.pages] : uses.assets;
    const findings = files
      .filter(({ foreign }) => foreign.length > 0)
      .map(
        ({ path, foreign }): Finding => ({
          kind: 'other',
          text: `${path} uses ${[...new Set(foreign)].join(', ')}, not a token`,
        }),
      );
    const good = files.length - findings.length;
    if (drawn === undefined) {
      const detail = `${good} of ${files.length} assets and built files use tokens only`;
      return { status: 'measured', score: good / files.length, detail, findings };
    }
    const { fromTokens, total } = drawn;
    const strays: Finding[] =
      fromTokens === total
        ? []
        : [{ kind: 'other', text: `${total - fromTokens} of ${total} values of the drawn pages are no tokens` }];
    return {
      status: 'measured',
      score: (good + fromTokens / total) / (files.length + 1),
      detail: `${good} of ${files.length} assets use tokens only, and ${fromTokens} of ${total} values of the pages as a browser drew them`,
      findings: [...findings, ...strays],
    };
  },
};
