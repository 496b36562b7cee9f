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
const file = (path: string, text: string) => ({ path, text, serves: [] });
const built = (...files: object[]) => ({ SourceCode: { parts: { frontend: { language: 'HTML', files } } } });
const drawn = (...drawings: string[]) => ({
  DesignSystem: system,
  VisualAssets: { assets: drawings.map((text, index) => ({ path: `a${index}.svg`, text })) },
});
/** A sheet with one colour, one font and one spacing, all tokens. */
const SHEET = '#add { color: #112233; font: 1rem/1.5 system-ui, sans-serif; gap: 0.5rem 0; }';
const assets = (...drawings: string[]) => ({ ...drawn(...drawings), ...built(file('style.css', SHEET)) });

const OWN = '<svg fill="#112233" stroke="#FFF"><text font-family="system-ui,sans-serif" style="gap:var(--gap)"/></svg>';
const FOREIGN = '<svg fill="#112233" stroke="#ff0000"/>';

describe('branding', () => {
  it('is the share of assets that use tokens only', () => {
    const evaluation = evaluate('branding', assets(OWN, FOREIGN));
    expect(evaluation).toMatchObject({ score: 2 / 3 });
    expect(texts(evaluation)).toEqual(['a1.svg uses #ff0000, not a token']);
  });

  it('counts the pages a browser drew as one file, by the share of their values', () => {
    const seen = (fromTokens: number, total: number) => ({
      ...drawn(OWN),
      DesignSystem: { ...system, usage: measured({ fromTokens, total }) },
    });
    expect(evaluate('branding', seen(10, 10))).toMatchObject({ score: 1, findings: [] });
    const half = evaluate('branding', seen(5, 10));
    expect(half).toMatchObject({ score: 0.75 });
    expect(texts(half)).toEqual(['5 of 10 values of the drawn pages are no tokens']);
    expect(evaluate('branding', seen(0, 0))).toMatchObject({ status: 'unmeasured' });
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
      detail: expect.stringContaining('7 of 7'),
    });
    const evaluation = evaluate('design-consistency', assets(OWN, FOREIGN, '<g style="color:var(--unheard)"/>'));
    expect(evaluation).toMatchObject({ score: 8 / 10 });
    expect(texts(evaluation)).toEqual(['#ff0000 is not a token', 'unheard is not a token']);
  });

  it('takes what a browser measured rather than what the source says', () => {
    const seen = { ...assets(OWN), DesignSystem: { ...system, usage: measured({ fromTokens: 2, total: 6 }) } };
    expect(evaluate('design-consistency', seen)).toMatchObject({
      score: 0.6,
      detail: expect.stringContaining('as a browser drew them'),
    });
    expect(evaluate('design-consistency', assets(OWN))).toMatchObject({
      detail: expect.stringContaining('as their source says'),
    });
  });

  it('is unmeasured where nothing has a value', () => {
    expect(
      evaluate('design-consistency', { ...drawn('<svg/>'), ...built(file('a.css', 'a { color: red; }')) }),
    ).toMatchObject({ status: 'unmeasured' });
  });
});

describe.each(['branding', 'design-consistency'])('%s and the built pages', (id) => {
  it('is unmeasured without any: the drawings of the one who set the tokens prove nothing', () => {
    const reason = 'there is no built page whose look could be checked';
    expect(evaluate(id, drawn(OWN))).toEqual({ status: 'unmeasured', reason });
    expect(evaluate(id, { ...drawn(OWN), ...built(file('app.js', 'const a = {b: "#ff0000"};')) })).toEqual({
      status: 'unmeasured',
      reason,
    });
    const plain = built(file('index.html', '<a href="#cafe">#ff0000</a>'));
    expect(evaluate(id, { ...drawn(OWN), ...plain })).toEqual({ status: 'unmeasured', reason });
  });

  it.each<[string, string, string, string]>([
    ['a colour of a sheet', 'a.css', 'a { color: #0b4f8a; }', '#0b4f8a'],
    ['a font of a shorthand', 'a.css', 'a { font: 1rem/1.5 Papyrus, serif }', 'Papyrus, serif'],
    ['a font family', 'a.css', '@media print { a { font-family: "Papyrus" } }', '"Papyrus"'],
    ['a spacing', 'a.css', 'a { padding: 8px 9px; }', '9px'],
    ['a style element', 'a.html', '<style>a { color: #0b4f8a }</style>', '#0b4f8a'],
    ['a style attribute', 'a.html', '<p style="color: #0b4f8a">x</p>', '#0b4f8a'],
    ['an unheard name', 'a.css', 'a { color: var(--unheard) }', 'unheard'],
  ])('names %s that is no token', (_, path, text, value) => {
    const evaluation = evaluate(id, { ...drawn(OWN), ...built(file(path, text)) });
    expect(texts(evaluation)).toEqual([expect.stringContaining(value)]);
  });

  it('finds nothing in a sheet of tokens, kept values and nothings', () => {
    const sheet = `${SHEET} /* a { color: #ff0000 } */ b { font: inherit; margin: 0 auto; color: var(--ink) }`;
    expect(evaluate(id, { ...drawn(OWN), ...built(file('a.css', sheet)) })).toMatchObject({ score: 1, findings: [] });
  });
});
