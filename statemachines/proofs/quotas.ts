// What AWS lets an account ask for, where regions differ the least of them, and what our callers ask for at most. Quotas can be
// raised; a stage has to work without.

export const QUOTAS = {
  /** StartExecution of standard machines: calls at once, and calls a second from then on. */
  starts: { atOnce: 800, perSecond: 150 },
  /** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat, each for itself. */
  answers: { atOnce: 1_000, perSecond: 300 },
  /** CreateSchedule, UpdateSchedule and DeleteSchedule, each for itself. */
  schedules: { perSecond: 50 },
} as const;

/** Nothing a worker does for a task is done sooner: claim, commit and answer alone take that long. */
export const LEAST_TASK_SECONDS = 1;

/** Queues of work, each with as many workers. */
export const WORKER_CLASSES = 2;
