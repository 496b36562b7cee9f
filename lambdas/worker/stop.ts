// Why a worker stops before its task is done.

/**
 * `lost`: the lease went to another, or Step Functions no longer waits; whatever is still computed is dropped.
 * `time`: the invocation's time is over; the task goes on in a fresh one.
 * `plateau`: the task beats but does not get on; its try is given up.
 */
export type StopReason = 'lost' | 'time' | 'plateau';

const TEXTS: Readonly<Record<StopReason, string>> = {
  lost: 'the lease is lost',
  time: "the invocation's time is over",
  plateau: 'the task does not get on',
};

export class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(TEXTS[reason]);
    this.name = 'Stopped';
    this.reason = reason;
  }
}
