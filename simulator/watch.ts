// Watches a world: keeps every row of its tables as it stands, hands each change to the invariants, and remembers what they say.

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ItemChange, Observer } from '../local/observer.ts';
import type { InnerCall } from './faults/kind.ts';
import type { Invariant, Row, View } from './invariants/invariant.ts';

export interface Violation {
  readonly invariant: string;
  readonly what: string;
  /** Epoch ms on the world's clock. */
  readonly at: number;
}

export interface Watch extends Observer, View {
  readonly violations: Violation[];
  /** Every change of a row so far. */
  readonly changes: () => number;
  /** Whether a run was stopped or timed out at any time, by an operator or by its own deadline. */
  readonly stopped: () => boolean;
  call(call: InnerCall): void;
  /** Lets go of what is known of a run: it has ended, and has been looked at. */
  forget(runId: string): void;
  /** A line that a simulated agent or model wrote. */
  line(text: string): void;
}

const MOST_VIOLATIONS = 20;
const RUN_MACHINE = ':ideamine-local-run:';
const STOPPED: ReadonlySet<string> = new Set(['ABORTED', 'TIMED_OUT']);

export function createWatch(
  invariants: readonly Invariant[],
  ledgerTable: string,
  now: () => number,
  onFault: (kind: string) => void,
): Watch {
  const rows = { data: new Map<string, Row>(), ledger: new Map<string, Row>() };
  const byPrefix = new Map<string, Map<string, Row>>();
  const executions = new Map<string, string>();
  const acts = new Map<string, number>();
  const violations: Violation[] = [];
  const onChange = invariants.filter((one) => one.onChange !== undefined);
  let changes = 0;
  let stopped = false;

  const note = (invariant: Invariant, what: string): void => {
    if (violations.length < MOST_VIOLATIONS) violations.push({ invariant: invariant.id, what, at: now() });
  };
  const view: View = {
    data: rows.data,
    ledger: rows.ledger,
    of: (kind) => [...(byPrefix.get(kind)?.values() ?? [])],
    executions,
    acts,
    now,
  };
  return {
    ...view,
    violations,
    changes: () => changes,
    stopped: () => stopped,
    item(change: ItemChange) {
      const table = change.table === ledgerTable ? 'ledger' : 'data';
      const [before, after] = [plain(change.before()), plain(change.after())];
      const either = after ?? before;
      if (either === undefined) return;
      changes += 1;
      const key = `${either.pk}|${either.sk}`;
      const kind = table === 'ledger' ? 'LEDGER' : kindOf(either);
      if (after === undefined) rows[table].delete(key);
      else rows[table].set(key, after);
      const members = byPrefix.get(kind) ?? new Map<string, Row>();
      byPrefix.set(kind, members);
      if (after === undefined) members.delete(key);
      else members.set(key, after);
      for (const invariant of onChange) {
        if (invariant.kinds !== undefined && !invariant.kinds.includes(kind)) continue;
        const what = invariant.onChange?.({ table, kind, key, before, after }, view);
        if (what !== undefined) note(invariant, `${key}: ${what}`);
      }
    },
    call({ service, operation, input }) {
      if (service !== 'EventBridge' || operation !== 'PutEvents') return;
      for (const entry of (input as { Entries: { Source: string; Detail: string }[] }).Entries) {
        if (entry.Source !== 'aws.states') continue;
        const detail = JSON.parse(entry.Detail) as { executionArn: string; status: string };
        executions.set(detail.executionArn, detail.status);
        if (detail.executionArn.includes(RUN_MACHINE) && STOPPED.has(detail.status)) stopped = true;
      }
    },
    forget(runId) {
      const pk = `RUN#${runId}`;
      for (const kept of [rows.data, rows.ledger, ...byPrefix.values()])
        for (const [key, row] of kept) if (row.pk === pk) kept.delete(key);
      for (const key of acts.keys()) if (key.startsWith(`${runId}/`)) acts.delete(key);
      for (const [arn, status] of executions) if (status !== 'RUNNING') executions.delete(arn);
    },
    line(text) {
      if (!text.startsWith('{"simulated"')) return;
      const said = JSON.parse(text) as { simulated: string; key?: string; fault?: string };
      if (said.simulated === 'act') acts.set(said.key ?? '', (acts.get(said.key ?? '') ?? 0) + 1);
      if (said.simulated === 'fault') onFault(said.fault ?? '');
    },
  };
}

function plain(item: Readonly<Record<string, unknown>> | undefined): Row | undefined {
  return item === undefined ? undefined : (unmarshall(item as Record<string, AttributeValue>) as Row);
}

function kindOf({ pk, sk }: Row): string {
  if (pk === 'ACTIVE') return 'ACTIVE';
  const hash = sk.indexOf('#');
  return hash < 0 ? sk : sk.slice(0, hash);
}
