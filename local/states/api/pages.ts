// Paging: `maxResults` and an opaque `nextToken` that names the place in the list.

import { constraint, invalidToken, validation } from './errors.ts';

export interface PageInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const DEFAULT_RESULTS = 100;
const MAX_RESULTS = 1000;

/** @throws ValidationException, InvalidToken */
export function page<T>(
  items: readonly T[],
  input: PageInput,
  longestToken: number,
): { items: T[]; nextToken?: string } {
  const { maxResults = 0, nextToken } = input;
  if (maxResults > MAX_RESULTS) {
    throw constraint(maxResults, 'maxResults', `Member must have value less than or equal to ${MAX_RESULTS}`);
  }
  if (maxResults < 0) {
    throw constraint(maxResults, 'maxResults', 'Member must have value greater than or equal to 0');
  }
  if (nextToken === '') throw validation('Invalid length for parameter nextToken, value: 0, valid min length: 1');
  if (nextToken !== undefined && nextToken.length > longestToken) {
    throw constraint(nextToken, 'nextToken', `Member must have length less than or equal to ${longestToken}`);
  }
  const from = nextToken === undefined ? 0 : place(nextToken);
  const size = maxResults === 0 ? DEFAULT_RESULTS : maxResults;
  const to = from + size;
  const out = { items: items.slice(from, to) };
  return to < items.length ? { ...out, nextToken: Buffer.from(`at:${to}`).toString('base64url') } : out;
}

function place(token: string): number {
  const found = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (!found) throw invalidToken();
  return Number(found[1]);
}
