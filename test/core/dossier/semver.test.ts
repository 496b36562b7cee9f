import { describe, expect, it } from '@jest/globals';
import { isSemver, nextVersion, type ReleaseChange } from '../../../core/dossier/semver.ts';

describe('nextVersion', () => {
  it.each<[string | null, ReleaseChange, string]>([
    [null, 'other', '1.0.0'],
    [null, 'breaking', '1.0.0'],
    ['1.4.2', 'breaking', '2.0.0'],
    ['1.4.2', 'story', '1.5.0'],
    ['1.4.2', 'other', '1.4.3'],
    ['1.4.2-rc.1+build', 'story', '1.5.0'],
  ])('after %s with a %s change it is %s', (previous, change, next) => {
    expect(nextVersion(previous, change)).toBe(next);
  });

  it('refuses what is no version', () => {
    expect(() => nextVersion('v1', 'story')).toThrow('previous release: expected a semantic version, found v1');
  });
});

it.each(['0.0.1', '1.0.0', '10.20.30', '1.0.0-alpha.1', '1.0.0-0A.is.legal', '1.0.0+build.1', '1.0.0-rc-1+b-2'])(
  '%s is semver',
  (text) => {
    expect(isSemver(text)).toBe(true);
  },
);

it.each(['1', '1.0', '01.0.0', '1.0.0-', '1.0.0-01', 'v1.0.0', '1.0.0.0', '1.0.0-a..b', '', '1.0.0 '])(
  '%j is not',
  (text) => {
    expect(isSemver(text)).toBe(false);
  },
);
