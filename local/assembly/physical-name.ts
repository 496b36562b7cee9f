// Physical names of resources: the template's, or one made from stack name and logical id.

import { createHash } from 'node:crypto';
import type { IdentityContext } from './identities.ts';

const HASH_LENGTH = 8;

/** @param limit the longest name the service takes; a longer one keeps its start and gets a hash of the whole */
export function physicalName(context: IdentityContext, property: string, limit: number, suffix = ''): string {
  const given = property === '' ? undefined : context.property(property);
  if (typeof given === 'string' && given !== '') return given;
  const full = `${context.stackName}-${context.logicalId}`;
  const room = limit - suffix.length;
  if (full.length <= room) return full + suffix;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, HASH_LENGTH);
  return `${full.slice(0, room - HASH_LENGTH - 1)}-${hash}${suffix}`;
}
