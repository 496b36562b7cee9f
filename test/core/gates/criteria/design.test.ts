import { describe, expect, it } from '@jest/globals';
import { evaluate, measured, notMeasured, texts } from '../evidence-of.ts';

const system = {
  colours: [
    { name: 'ink', value: '#112233' },
    { name: 'paper', value: '#ffffff' },
  ],
  fonts: [{ name: 'body', value: 'system-ui, sans-serif' }],
  spacings: [{ name: 'gap', px: 8 }],
  usage: notMeasured,
};
const assets = (...drawings: string[]) => ({
  DesignSystem: system,
  VisualAssets: { assets: drawings.map((text, index) => ({ path: `a${index}.svg`, text })) },
});

const OWN = '<svg fill="#112233" stroke="#FFF"><text font-family="system-ui,sans-serif" style="gap:var(--gap)"/></svg>';
const FOREIGN = '<svg fill="#112233" stroke="#ff0000"/>';

describe('branding', () => {
  it('is the share of assets that use tokens only', () => {
    const evaluation = evaluate('branding', assets(OWN, FOREIGN));
    expect(evaluation).toMatchObject({ score: 0.5 });
    expect(texts(evaluation)).toEqual(['a1.svg uses #ff0000, not a token']);
  });

  it('is unmeasured without assets or tokens', () => {
    expect(evaluate('branding', assets())).toMatchObject({ status: 'unmeasured' });
    expect(evaluate('branding', { VisualAssets: assets(OWN).VisualAssets })).toMatchObject({ status: 'unmeasured' });
  });
});

describe('design-consistency', () => {
  it('is the share of colours, fonts and spacings that come from tokens', () => {
    expect(evaluate('design-consistency', assets(OWN))).toMatchObject({
      score: 1,
      detail: expect.stringContaining('4 of 4'),
    });
    const evaluation = evaluate('design-consistency', assets(OWN, FOREIGN, '<g style="color:var(--unheard)"/>'));
    expect(evaluation).toMatchObject({ score: 5 / 7 });
    expect(texts(evaluation)).toEqual(['#ff0000 is not a token', 'unheard is not a token']);
  });

  it('counts built pages where they were measured, and says when they were not', () => {
    const built = { ...assets(OWN), DesignSystem: { ...system, usage: measured({ fromTokens: 2, total: 6 }) } };
    expect(evaluate('design-consistency', built)).toMatchObject({ score: 0.6 });
    expect(evaluate('design-consistency', assets(OWN))).toMatchObject({
      detail: expect.stringContaining('built pages are unmeasured'),
    });
  });

  it('is unmeasured where nothing has a value', () => {
    expect(evaluate('design-consistency', assets('<svg/>'))).toMatchObject({ status: 'unmeasured' });
  });
});
