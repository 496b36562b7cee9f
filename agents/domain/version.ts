// The next version by semver (spec §8): a breaking change is major, a new story minor, anything else a patch; the first
// release is 1.0.0.

import { BadInput } from '../../core/errors.ts';

export type Change = 'breaking' | 'story' | 'fix';

export interface NextVersion {
  readonly version: string;
  readonly bump: 'first' | 'major' | 'minor' | 'patch';
}

/** @throws BadInput when `previous` is not a version of three numbers. */
export function nextVersion(previous: string | null, changes: readonly Change[]): NextVersion {
  if (previous === null) return { version: '1.0.0', bump: 'first' };
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(previous);
  if (match === null) throw new BadInput(`previous version: expected three numbers such as 1.2.3, found ${previous}`);
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
  if (changes.includes('breaking')) return { version: `${major + 1}.0.0`, bump: 'major' };
  if (changes.includes('story')) return { version: `${major}.${minor + 1}.0`, bump: 'minor' };
  return { version: `${major}.${minor}.${patch + 1}`, bump: 'patch' };
}
