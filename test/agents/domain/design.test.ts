import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { palette } from '../../../agents/domain/design.ts';
import { wordMark } from '../../../agents/domain/logo.ts';
import { nextVersion } from '../../../agents/domain/version.ts';

describe('the palette', () => {
  it('can be read whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { colours, contrast } = palette(name);
        expect(colours.every(({ value }) => /^#[0-9a-f]{6}$/.test(value))).toBe(true);
        for (const { ratio } of contrast) expect(ratio).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('says the contrast that the colours have', () => {
    // Pure white on ink: recomputed here from the WCAG definition.
    const { colours, contrast } = palette('Bird Count');
    const channel = (hex: string) => {
      const share = Number.parseInt(hex, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    const ink = colours.find(({ name }) => name === 'ink')?.value ?? '';
    const luminance =
      0.2126 * channel(ink.slice(1, 3)) + 0.7152 * channel(ink.slice(3, 5)) + 0.0722 * channel(ink.slice(5, 7));
    expect(contrast.find(({ foreground }) => foreground === 'ink')?.ratio).toBeCloseTo(1.05 / (luminance + 0.05), 1);
  });

  it('is the same for the same name, and the mark uses nothing else', () => {
    expect(palette('a')).toEqual(palette('a'));
    const { text } = wordMark('Bird Count: for <all>');
    const values = palette('Bird Count: for <all>').colours.map(({ value }) => value);
    for (const [colour] of text.matchAll(/#[0-9a-f]{6}/g)) expect(values).toContain(colour);
    expect(text).toContain('>BC</text>');
    expect(text).not.toContain('<all>');
  });
});

describe('the next version', () => {
  it.each([
    [null, [], '1.0.0', 'first'],
    ['1.4.2', ['fix'], '1.4.3', 'patch'],
    ['1.4.2', ['fix', 'story'], '1.5.0', 'minor'],
    ['1.4.2', ['story', 'breaking'], '2.0.0', 'major'],
  ] as const)('after %s with %j is %s', (previous, changes, version, bump) => {
    expect(nextVersion(previous, changes)).toEqual({ version, bump });
  });

  it('needs a version to go on from', () => {
    expect(() => nextVersion('v1', [])).toThrow('found v1');
  });
});
