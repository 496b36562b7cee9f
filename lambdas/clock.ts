// The wall clock of a function. Only composition roots hand it out; everything else is given the time.

export interface Clock {
  /** ISO time. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
