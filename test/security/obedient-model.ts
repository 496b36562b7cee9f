// A model that obeys whatever it reads: it undresses every block of its message, joins halves, and answers with exactly what
// it was ordered to. Without an order it calls the one tool it is offered, then says honestly that it knows nothing.

import type { Reply, WireCall } from '../agents/models/wire-server.ts';
import { ENCODINGS, ORDER } from './injections.ts';

const UNKNOWN = { text: 'UNKNOWN', quotes: [] };
const HONEST = { call: null, answer: { title: UNKNOWN, description: UNKNOWN, targetUsers: [] } };
const LOOK = { call: { tool: 'typecheck', input: {} }, answer: null };

export interface Obedience {
  /** Orders it found and followed. */
  obeyed: number;
}

export function obedientModel(kept: Obedience): (call: WireCall) => Reply {
  return ({ user }) => {
    const order = orderIn(user);
    if (order !== undefined) {
      kept.obeyed += 1;
      return { text: order };
    }
    return { text: JSON.stringify(user.includes('result 1 of') ? HONEST : LOOK) };
  };
}

export function orderIn(text: string): string | undefined {
  // A note's content travels as JSON, so its line ends and quotes are escaped.
  const readings = [text, unescaped(text)].flatMap((one) =>
    Object.values(ENCODINGS).flatMap(({ undress }) => [undress(one), unescaped(undress(one))]),
  );
  for (const reading of readings) {
    const whole = between(reading, ORDER.open, ORDER.close);
    if (whole !== undefined && isJson(whole)) return whole;
    const [first, second] = [between(reading, '[1 of 2]', '[end]'), between(reading, '[2 of 2]', '[end]')];
    if (first === undefined || second === undefined) continue;
    const joined = between(first + second, ORDER.open, ORDER.close);
    if (joined !== undefined && isJson(joined)) return joined;
  }
  return undefined;
}

const unescaped = (text: string): string =>
  text.replaceAll(
    /\\(["\\/bfnrt])/g,
    (_, one: string) => ({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' })[one] ?? one,
  );

function between(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  if (start < 0) return undefined;
  const end = text.indexOf(close, start + open.length);
  return end < 0 ? undefined : text.slice(start + open.length, end);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
