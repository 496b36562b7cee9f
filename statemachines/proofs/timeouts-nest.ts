// Who waits for a nested execution waits longer than that execution may take, and no longer than its own fence: so the
// innermost time-out fires first and names the fault.

import { type Definition, type State, statesOf } from '../asl.ts';
import { machinesOf, type Proven, type Rule, type Violation } from './rule.ts';

export const timeoutsNest: Rule = {
  id: 'timeouts-nest',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      statesOf(definition).flatMap(({ name, state }) =>
        findings(proven, definition, state).map((finding) => ({ machine, state: name, ...finding })),
      ),
    ),
};

function findings(proven: Proven, own: Definition, state: State): Pick<Violation, 'found' | 'limit' | 'fix'>[] {
  const waits: unknown = state.TimeoutSeconds;
  const child = childOf(proven, state);
  if (child === undefined) return [];
  if (typeof waits !== 'number' || waits <= child.TimeoutSeconds) {
    return [
      {
        found: `waits ${waits} s`,
        limit: `more than the ${child.TimeoutSeconds} s of what it starts`,
        fix: 'let it wait longer, or the nested machine end sooner',
      },
    ];
  }
  if (waits > own.TimeoutSeconds) {
    return [{ found: `waits ${waits} s`, limit: `the machine's own ${own.TimeoutSeconds} s`, fix: 'raise the fence' }];
  }
  return [];
}

function childOf({ definitions, machineArns }: Proven, state: State): Definition | undefined {
  const arn: unknown = state.Parameters?.StateMachineArn;
  if (arn === undefined) return undefined;
  const name = (Object.keys(machineArns) as (keyof typeof machineArns)[]).find((each) => machineArns[each] === arn);
  return name === undefined ? undefined : definitions[name];
}
