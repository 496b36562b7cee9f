// Why a worker stops before its task is done. Neither is a failure of the task.

/**
 * `lost`: the lease went to another, or Step Functions no longer waits; whatever is still computed is dropped.
 * `time`: the invocation's time is over; the task goes on in a fresh one.
 */
export type StopReason = 'lost' | 'time';

export class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(reason === 'lost' ? 'the lease is lost' : "the invocation's time is over");
    this.name = 'Stopped';
    this.reason = reason;
  }
}
