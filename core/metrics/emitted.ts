// The metrics our functions emit themselves: what AWS cannot know. Alarms and the dashboard watch them by these names.

/** Every one of them has one dimension, `service`: the stage's prefix, so that stages in one account are told apart. */
export const METRICS_NAMESPACE = 'IdeaMine';

export const EMITTED = {
  /** Of the held task that was heard of longest ago. By the sweep, each minute while a run is open. */
  heartbeatAge: { name: 'HeartbeatAge', unit: 'Seconds' },
  /** Since the last event of the open run that has been quiet longest; runs that wait for a person aside. By the sweep. */
  progressAge: { name: 'ProgressAge', unit: 'Seconds' },
  /** Task tokens that are held by a worker or wait for a person. By the sweep. */
  openTokens: { name: 'OpenTokens', unit: 'Count' },
  /** What tasks had cost when their cost was put into the ledger, in micro-USD. By the ledger function. */
  spend: { name: 'SpendUsdMicros', unit: 'Count' },
  /** Tasks whose result was committed. By the ledger function. */
  tasksCommitted: { name: 'TasksCommitted', unit: 'Count' },
  /** Tasks that were given up. By the ledger function. */
  tasksSetAside: { name: 'TasksSetAside', unit: 'Count' },
} as const;

export type Emitted = keyof typeof EMITTED;
