// Wall-clock times of a time zone and the instants they are.

const formats = new Map<string, Intl.DateTimeFormat>();

export interface WallTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of the zone show at an instant (epoch ms). */
export function wallTime(instant: number, timeZone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
    if (type !== 'literal') parts[type] = Number(value);
  }
  return parts as unknown as WallTime;
}

/** The instant a zone's clocks show `text` (yyyy-mm-ddThh:mm:ss); undefined when that is no date. A time skipped in spring is moved on. */
export function instantOf(text: string, timeZone: string): number | undefined {
  const naive = Date.parse(`${text}Z`);
  if (Number.isNaN(naive)) return undefined;
  if (new Date(naive).toISOString().slice(0, 19) !== text) return undefined;
  // The offset at the guess may be that of the other side of a change: correct twice.
  let guess = naive - offsetAt(naive, timeZone);
  guess = naive - offsetAt(guess, timeZone);
  return guess;
}

/** Milliseconds the zone is ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const { year, month, day, hour, minute } = wallTime(instant, timeZone);
  const floor = Math.floor(instant / 60_000) * 60_000;
  return Date.UTC(year, month - 1, day, hour, minute) - floor;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
