import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseExpression } from '../../../local/delivery/expression.ts';
import { instantOf, wallTime } from '../../../local/delivery/time-zone.ts';

const after = Date.UTC(2026, 0, 1, 12, 30, 30);

/** The next times, as minutes of UTC. */
function next(expression: string, count: number, timeZone?: string): string[] {
  const times = parseExpression(expression, timeZone);
  const found: string[] = [];
  let at: number | undefined = after;
  for (let i = 0; i < count; i++) {
    at = times.next(at, after);
    if (at === undefined) break;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('a schedule expression', () => {
  it.each([
    ['cron(0 10 * * ? *)', ['2026-01-02T10:00', '2026-01-03T10:00']],
    ['cron(0/15 * * * ? *)', ['2026-01-01T12:45', '2026-01-01T13:00']],
    ['cron(15 12 * * ? *)', ['2026-01-02T12:15', '2026-01-03T12:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-01-01T18:00', '2026-01-02T18:00', '2026-01-05T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-02-01T08:00', '2026-03-01T08:00']],
    ['cron(0 0 L * ? *)', ['2026-01-31T00:00', '2026-02-28T00:00']],
    ['cron(0 0 L-2 * ? *)', ['2026-01-29T00:00', '2026-02-26T00:00']],
    ['cron(0 0 15W * ? *)', ['2026-01-15T00:00', '2026-02-16T00:00', '2026-03-16T00:00']],
    ['cron(0 0 1W * ? *)', ['2026-02-02T00:00', '2026-03-02T00:00', '2026-04-01T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-01-30T00:00', '2026-02-27T00:00']],
    ['cron(0 0 ? * 6L *)', ['2026-01-30T00:00', '2026-02-27T00:00']],
    ['cron(0 0 ? * TUE#2 *)', ['2026-01-13T00:00', '2026-02-10T00:00']],
    ['cron(30 9,17 ? JAN,JUL SUN 2026-2027)', ['2026-01-04T09:30', '2026-01-04T17:30', '2026-01-11T09:30']],
    ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
    [
      'cron(0 0 ? * FRI-MON *)',
      ['2026-01-02T00:00', '2026-01-03T00:00', '2026-01-04T00:00', '2026-01-05T00:00', '2026-01-09T00:00'],
    ],
    ['cron(0 0 1 1 ? 2020)', []],
    ['rate(1 minute)', ['2026-01-01T12:31', '2026-01-01T12:32']],
    ['rate(2 hours)', ['2026-01-01T14:30', '2026-01-01T16:30']],
    ['rate(1 day)', ['2026-01-02T12:30']],
    ['at(2026-03-01T00:00:00)', ['2026-03-01T00:00']],
    ['at(2025-03-01T00:00:00)', []],
  ])('%s names its times', (expression, expected) => {
    expect(next(expression, Math.max(1, expected.length))).toEqual(expected);
  });

  it('follows its time zone, also over a change of the clocks', () => {
    expect(next('cron(0 9 ? * MON *)', 1, 'America/New_York')).toEqual(['2026-01-05T14:00']);
    const berlin = parseExpression('cron(30 8 * * ? *)', 'Europe/Berlin');
    const around = berlin.next(Date.UTC(2026, 2, 28, 8), 0) as number;
    expect(new Date(around).toISOString()).toBe('2026-03-29T06:30:00.000Z');
    expect(new Date(parseExpression('at(2026-07-01T12:00:00)', 'Asia/Tokyo').next(0, 0) as number).toISOString()).toBe(
      '2026-07-01T03:00:00.000Z',
    );
  });

  it('in a time zone is the time its clocks show', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    const instants = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 });
    fc.assert(
      fc.property(zones, instants, (zone, minutes) => {
        const { year, month, day, hour, minute } = wallTime(minutes * 60_000, zone);
        const two = (number: number) => String(number).padStart(2, '0');
        const found = instantOf(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00`, zone) as number;
        // An hour that comes twice in autumn may mean either.
        const shown = wallTime(found, zone);
        expect(shown).toEqual({ year, month, day, hour, minute });
      }),
    );
  });

  it.each([
    '',
    'at(tomorrow)',
    'at(2026-02-30T00:00:00)',
    'rate(0 minutes)',
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(5 weeks)',
    'cron(* * * * *)',
    'cron(0 0 * * * *)',
    'cron(0 0 ? * ? *)',
    'cron(60 0 * * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 ? * MON#6 *)',
    'cron(a b c d e f)',
    'every day',
  ])('%j is refused', (expression) => {
    expect(() => parseExpression(expression)).toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});
