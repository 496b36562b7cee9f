// What an agent hands back, checked before anything of it is kept: an object of artifacts that is plain JSON and no larger
// than the bucket and the next reader should have to bear. Anything else is a broken agent, which no retry mends.

import type { AgentResult } from '../../agents/sdk/agent.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson } from '../../core/json.ts';

/** Bytes of JSON one task may make. */
const MOST_BYTES = 8 * 1024 * 1024;

/** @throws IdeaMineError `IdeaMine.AgentBroken`. */
export function checkResult(agent: string, result: unknown): AgentResult {
  const broken = (what: string): IdeaMineError =>
    new IdeaMineError('IdeaMine.AgentBroken', `agent ${agent}: ${what}, expected an object of artifacts`);
  if (!isObject(result)) throw broken(`handed back ${kindOf(result)}`);
  const { artifacts, done } = result;
  if (!isObject(artifacts)) throw broken(`handed back artifacts that are ${kindOf(artifacts)}`);
  if (done !== undefined && typeof done !== 'boolean') throw broken(`said done with ${kindOf(done)}`);
  const bytes = Buffer.byteLength(textOf(artifacts, broken));
  if (bytes > MOST_BYTES) throw broken(`made ${bytes} bytes, of at most ${MOST_BYTES}`);
  return { artifacts, ...(done === undefined ? {} : { done }) };
}

function textOf(artifacts: object, broken: (what: string) => IdeaMineError): string {
  try {
    return canonicalJson(artifacts);
  } catch (error) {
    throw broken(`made what JSON cannot hold (${error instanceof Error ? error.message.slice(0, 200) : 'unknown'})`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
};
