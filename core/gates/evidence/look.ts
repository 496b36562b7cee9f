// Finds values in artifacts: by JSON pointer, by dotted path, and every claim wherever it stands.

import { type Claim, isClaim, isUnknown } from '../../artifacts/claim.ts';
import type { Json } from '../../json.ts';
import type { Evidence } from '../criterion.ts';

/** Content of an artifact the evidence holds. The caller knows the shape from core/artifacts; parts may be missing. */
export function contentOf<Content>(evidence: Evidence, type: string): Partial<Content> | undefined {
  const content = Object.hasOwn(evidence.artifacts, type) ? evidence.artifacts[type] : undefined;
  return isRecord(content) ? (content as Partial<Content>) : undefined;
}

/** The value at an RFC 6901 pointer; undefined when there is none. */
export function atPointer(root: Json, pointer: string): Json | undefined {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) return undefined;
  let node: Json | undefined = root;
  for (const raw of pointer.slice(1).split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(node)) node = /^(0|[1-9]\d*)$/.test(key) ? node[Number(key)] : undefined;
    else if (isRecord(node)) node = Object.hasOwn(node, key) ? node[key] : undefined;
    else return undefined;
    if (node === undefined) return undefined;
  }
  return node;
}

export interface Found {
  /** JSON pointer. */
  readonly pointer: string;
  readonly value: Json | undefined;
}

/**
 * Values at a dotted path; `[]` after a name stands for each item of that list: `stories[].title`.
 * A list that is missing or empty gives one value, which is undefined: the path is required, and nothing is there.
 */
export function atPath(root: Json | undefined, path: string): Found[] {
  let found: Found[] = [{ pointer: '', value: root }];
  for (const step of path.split('.')) {
    const each = step.endsWith('[]');
    const key = each ? step.slice(0, -2) : step;
    found = found.flatMap(({ pointer, value }) => {
      // Nothing is there: it is what is missing, not its parts.
      if (value === undefined) return [{ pointer, value }];
      const member = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
      const at = `${pointer}/${key}`;
      if (!each) return [{ pointer: at, value: member }];
      if (!Array.isArray(member) || member.length === 0) return [{ pointer: at, value: undefined }];
      return member.map((item, index) => ({ pointer: `${at}/${index}`, value: item }));
    });
  }
  return found;
}

/** Present and not UNKNOWN: a list has an item, an object a member that is, a figure was measured. */
export function isFilled(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 'UNKNOWN' || value === 'unknown') return false;
  if (typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.some(isFilled);
  if (isClaim(value)) return !isUnknown(value);
  if (value.status === 'unmeasured' && typeof value.reason === 'string') return false;
  return Object.values(value).some(isFilled);
}

/** How a place in an artifact reads: `IdeaSpec.requirements[2].statement`. */
export function placeName(artifact: string, pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return artifact + steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
}

export interface PlacedClaim {
  readonly artifact: string;
  readonly pointer: string;
  readonly claim: Claim;
}

/** Every claim of the artifacts, UNKNOWN ones included, in order of artifact and place. */
export function claimsOf(evidence: Evidence, types: readonly string[]): PlacedClaim[] {
  const claims: PlacedClaim[] = [];
  for (const artifact of types) collect(evidence.artifacts[artifact], '', artifact, claims);
  return claims;
}

function collect(node: Json | undefined, pointer: string, artifact: string, into: PlacedClaim[]): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) collect(item, `${pointer}/${index}`, artifact, into);
    return;
  }
  if ('cites' in node && isClaim(node)) {
    into.push({ artifact, pointer, claim: node });
    return;
  }
  for (const [key, member] of Object.entries(node)) {
    collect(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, artifact, into);
  }
}

export function isRecord(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
