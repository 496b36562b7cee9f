// AWS's six-field cron: minutes hours day-of-month month day-of-week year, with ? L W # and names. Written here because no kept
// library reads AWS's form.

import { instantOf } from './time-zone.ts';

type Test = (value: number) => boolean;
/** Tests a day by its date. */
type DayTest = (year: number, month: number, day: number) => boolean;

export interface Cron {
  readonly minute: Test;
  readonly hour: Test;
  readonly month: Test;
  readonly year: Test;
  readonly day: DayTest;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const LAST_YEAR = 2199;

/** `text`: what stands between the parentheses. Undefined when it is not valid. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [minutes, hours, dom, months, dow, years] = fields.map((field) => field.toUpperCase()) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  // One of the two day fields must be ?.
  if ((dom === '?') === (dow === '?')) return undefined;
  const minute = parseField(minutes, 0, 59);
  const hour = parseField(hours, 0, 23);
  const month = parseField(months, 1, 12, MONTHS);
  const year = parseField(years, 1970, LAST_YEAR);
  const day = dow === '?' ? parseDayOfMonth(dom) : parseDayOfWeek(dow);
  if (!minute || !hour || !month || !year || !day) return undefined;
  return { minute, hour, month, year, day };
}

/** The first minute after `after` (epoch ms) that the expression names in the zone. */
export function nextCron(cron: Cron, after: number, timeZone: string): number | undefined {
  // Days are walked on a calendar without time zone, from the day before in case the zone is behind.
  const start = new Date(after - 86_400_000);
  let [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate()];
  for (; year <= LAST_YEAR; year++, month = 1, day = 1) {
    if (!cron.year(year)) continue;
    for (; month <= 12; month++, day = 1) {
      if (!cron.month(month)) continue;
      for (; day <= daysIn(year, month); day++) {
        if (!cron.day(year, month, day)) continue;
        const found = nextInDay(cron, after, timeZone, `${pad(year, 4)}-${pad(month)}-${pad(day)}`);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function nextInDay(cron: Cron, after: number, timeZone: string, date: string): number | undefined {
  for (let hour = 0; hour < 24; hour++) {
    if (!cron.hour(hour)) continue;
    for (let minute = 0; minute < 60; minute++) {
      if (!cron.minute(minute)) continue;
      const instant = instantOf(`${date}T${pad(hour)}:${pad(minute)}:00`, timeZone);
      if (instant !== undefined && instant > after) return instant;
    }
  }
  return undefined;
}

function parseField(field: string, least: number, most: number, names: readonly string[] = []): Test | undefined {
  const tests: Test[] = [];
  for (const part of field.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const by = step === undefined ? 1 : Number(step);
    let first: number | undefined;
    let last: number | undefined;
    if (range === '*') [first, last] = [least, most];
    else if (range.includes('-')) [first, last] = range.split('-').map((end) => numberOf(end, names, least));
    else {
      first = numberOf(range, names, least);
      last = step === undefined ? first : most;
    }
    if (first === undefined || last === undefined || by < 1) return undefined;
    if (first < least || last > most) return undefined;
    const [from, to] = [first, last];
    tests.push(
      (value) =>
        (from <= to ? value >= from && value <= to : value >= from || value <= to) &&
        (value - from + (value < from ? most - least + 1 : 0)) % by === 0,
    );
  }
  return (value) => tests.some((test) => test(value));
}

function parseDayOfMonth(field: string): DayTest | undefined {
  if (field === 'L') return (year, month, day) => day === daysIn(year, month);
  if (field === 'LW') return (year, month, day) => day === nearestWeekday(year, month, daysIn(year, month));
  const [, weekday] = /^(\d{1,2})W$/.exec(field) ?? [];
  if (weekday !== undefined) {
    const wanted = Number(weekday);
    if (wanted < 1 || wanted > 31) return undefined;
    return (year, month, day) => wanted <= daysIn(year, month) && day === nearestWeekday(year, month, wanted);
  }
  const [, before] = /^L-(\d{1,2})$/.exec(field) ?? [];
  if (before !== undefined) return (year, month, day) => day === daysIn(year, month) - Number(before);
  const test = parseField(field, 1, 31);
  return test && ((_year, _month, day) => test(day));
}

function parseDayOfWeek(field: string): DayTest | undefined {
  if (field === 'L') return (year, month, day) => weekdayOf(year, month, day) === 7;
  const [, lastName] = /^(\w+)L$/.exec(field) ?? [];
  if (lastName !== undefined) {
    const wanted = numberOf(lastName, DAYS, 1);
    if (wanted === undefined || wanted > 7) return undefined;
    return (year, month, day) => weekdayOf(year, month, day) === wanted && day + 7 > daysIn(year, month);
  }
  const [, name, nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  if (name !== undefined) {
    const wanted = numberOf(name, DAYS, 1);
    if (wanted === undefined || wanted > 7) return undefined;
    return (year, month, day) => weekdayOf(year, month, day) === wanted && Math.ceil(day / 7) === Number(nth);
  }
  const test = parseField(field, 1, 7, DAYS);
  return test && ((year, month, day) => test(weekdayOf(year, month, day)));
}

/** 1 Sunday to 7 Saturday. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/** The weekday nearest to a day, within its month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < daysIn(year, month) ? day + 1 : day - 2;
  return day;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function numberOf(text: string, names: readonly string[], first: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = names.indexOf(text);
  return at < 0 ? undefined : at + first;
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0');
}
