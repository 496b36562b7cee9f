// The version of a release, from the one before it and what changed (spec §8).

import { BadInput } from '../errors.ts';

/** A breaking change of API or schema is `breaking`, a new story `story`, anything else `other`. */
export type ReleaseChange = 'breaking' | 'story' | 'other';

const FIRST_VERSION = '1.0.0';

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** A semantic version (2.0.0); numeric pre-release parts with leading zeros are refused as the standard asks. */
export function isSemver(text: string): boolean {
  const preRelease = /-([^+]*)/.exec(text)?.[1] ?? '';
  return SEMVER.test(text) && !preRelease.split('.').some((part) => /^0\d+$/.test(part));
}

/** @param previous null for the first release. @throws BadInput when it is no semantic version. */
export function nextVersion(previous: string | null, change: ReleaseChange): string {
  if (previous === null) return FIRST_VERSION;
  if (!isSemver(previous)) throw new BadInput(`previous release: expected a semantic version, found ${previous}`);
  const [major = 0, minor = 0, patch = 0] = (previous.split(/[-+]/)[0] ?? '').split('.').map(Number);
  if (change === 'breaking') return `${major + 1}.0.0`;
  return change === 'story' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
