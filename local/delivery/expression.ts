// Schedule expressions: at(...), rate(...), cron(...), as EventBridge and Scheduler take them. Times are epoch milliseconds.

import { AwsError } from '../service.ts';
import { nextCron, parseCron } from './cron.ts';
import { instantOf } from './time-zone.ts';

export interface ScheduleTimes {
  /** Fires once only. */
  readonly once: boolean;
  /** The first time after `after`, or undefined when there is none. `from`: when the schedule began. */
  next(after: number, from: number): number | undefined;
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws ValidationException naming the expression */
export function parseExpression(text: string, timeZone = 'UTC'): ScheduleTimes {
  const [, kind, inside = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === 'at') {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(inside)) throw invalid(text);
    const at = instantOf(inside, timeZone);
    if (at === undefined) throw invalid(text);
    return { once: true, next: (after) => (at > after ? at : undefined) };
  }
  if (kind === 'rate') {
    const [, count = '', unit = '', plural = ''] = /^(\d+) (minute|hour|day)(s?)$/.exec(inside) ?? [];
    const every = Number(count) * (UNITS[unit] ?? 0);
    // EventBridge wants the singular for 1 and the plural for more.
    if (every <= 0 || (count === '1') !== (plural === '')) throw invalid(text);
    return {
      once: false,
      next: (after, from) => (after < from ? from : from + (Math.floor((after - from) / every) + 1) * every),
    };
  }
  if (kind === 'cron') {
    const cron = parseCron(inside);
    if (!cron) throw invalid(text);
    return { once: false, next: (after) => nextCron(cron, after, timeZone) };
  }
  throw invalid(text);
}

function invalid(text: string): AwsError {
  return new AwsError('ValidationException', `Invalid Schedule Expression ${text}.`, 400);
}
