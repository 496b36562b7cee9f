// What newly numbered items say in figures: spend, and how tasks ended.

import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { Emitted } from '../../core/metrics/emitted.ts';
import type { OutboxRow } from '../../store/outbox.ts';

export type Tally = Readonly<Partial<Record<Extract<Emitted, 'spend' | 'tasksCommitted' | 'tasksSetAside'>, number>>>;

/** Of each only what there was any of; undefined when there was nothing at all. */
export function tallyOf(rows: readonly OutboxRow[]): Tally | undefined {
  const entries = rows.flatMap(({ entries = [] }) => entries);
  const counts = {
    spend: entries.reduce((sum, entry) => sum + spendOf(entry), 0),
    tasksCommitted: entries.filter((entry) => outcomeOf(entry) === 'committed').length,
    tasksSetAside: entries.filter((entry) => outcomeOf(entry) === 'set-aside').length,
  };
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? undefined : Object.fromEntries(some);
}

function spendOf({ kind, body }: LedgerEntryDraft): number {
  const spent = kind === 'cost' ? memberOf(body, 'usdMicros') : 0;
  return typeof spent === 'number' ? spent : 0;
}

const outcomeOf = ({ kind, body }: LedgerEntryDraft): unknown =>
  kind === 'task' ? memberOf(body, 'outcome') : undefined;

const memberOf = (body: LedgerEntryDraft['body'], name: string): unknown =>
  (body as Readonly<Record<string, unknown>> | null)?.[name];
