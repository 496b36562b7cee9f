// Strikes where a scenario's faults say: counts the opportunities of each kind that is planned, and takes the drawn ones.

import type {
  CallDescription,
  Fault,
  Faults,
  InnerFault,
  InvocationDescription,
  InvocationFault,
} from '../../local/faults.ts';
import { drawOf } from '../agents/draws.ts';
import type { FaultSpec, Scenario } from '../scenario.ts';
import { faultKinds } from './catalogue.ts';
import type { FaultKind, InnerCall } from './kind.ts';

interface Planned<Kind extends FaultKind = FaultKind> {
  readonly kind: Kind;
  readonly at: ReadonlySet<number>;
  seen: number;
}

type At = FaultKind['at'];
type Of<Where extends At> = Extract<FaultKind, { at: Where }>;

export interface Injector extends Faults {
  inside(call: InnerCall): InnerFault | undefined;
  /** How often each kind has struck. */
  readonly fired: Map<string, number>;
  /** Calls that handlers and outsiders have made. */
  readonly calls: () => number;
  /** From here on faults strike: what comes before is the making of the world. */
  arm(): void;
  count(kind: string): void;
}

export function createInjector(
  scenario: Pick<Scenario, 'seed' | 'faults'>,
  watch: (call: InnerCall) => void,
): Injector {
  const fired = new Map<string, number>();
  const plans = plansOf(scenario.faults);
  const of = <Where extends At>(where: Where) => plans.filter(({ kind }) => kind.at === where) as Planned<Of<Where>>[];
  const [calls, inner, invocations, clocks] = [of('call'), of('inside'), of('invocation'), of('clock')];
  let armed = false;
  let made = 0;
  const count = (kind: string): void => {
    fired.set(kind, (fired.get(kind) ?? 0) + 1);
  };
  const due = (plan: Planned): boolean => {
    plan.seen += 1;
    return plan.at.has(plan.seen);
  };
  const draw =
    ({ kind, seen }: Planned) =>
    (what: string) =>
      drawOf(scenario.seed, kind.id, seen, what);

  return {
    fired,
    calls: () => made,
    count,
    arm: () => {
      armed = true;
    },
    draw(call: CallDescription): Fault | undefined {
      made += 1;
      if (!armed) return undefined;
      let struck: Fault | undefined;
      for (const plan of calls) {
        if (!plan.kind.matches(call) || !due(plan) || struck !== undefined) continue;
        count(plan.kind.id);
        struck = plan.kind.harm(draw(plan));
      }
      return struck;
    },
    inside(call) {
      watch(call);
      if (!armed) return undefined;
      let struck: InnerFault | undefined;
      for (const plan of inner) {
        if (!plan.kind.matches(call) || !due(plan) || struck !== undefined) continue;
        count(plan.kind.id);
        struck = plan.kind.harm(draw(plan), call);
      }
      return struck;
    },
    invocation(invocation: InvocationDescription): InvocationFault | undefined {
      if (!armed) return undefined;
      for (const plan of invocations) {
        if (!plan.kind.matches(invocation) || !due(plan)) continue;
        count(plan.kind.id);
        return plan.kind.harm(draw(plan));
      }
      return undefined;
    },
    skewMs() {
      for (const plan of clocks) {
        if (!due(plan)) continue;
        count(plan.kind.id);
        return plan.kind.skewMs(draw(plan));
      }
      return 0;
    },
  };
}

function plansOf(faults: readonly FaultSpec[]): Planned[] {
  const byKind = new Map<string, Set<number>>();
  for (const { kind, nth } of faults) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(nth));
  return [...byKind].map(([id, at]) => {
    const kind = faultKinds.get(id);
    if (kind === undefined) throw new Error(`there is no fault ${id}`);
    return { kind, at, seen: 0 };
  });
}
