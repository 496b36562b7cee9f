// From every state of every flow an end can be reached, every name that is led to exists, and no state is left over.

import { type Flow, flowsOf } from '../asl.ts';
import { endsFlow, nextOf, reachableFrom } from '../flow-graph.ts';
import { machinesOf, type Rule, type Violation } from './rule.ts';

type Finding = Omit<Violation, 'machine'>;

export const everyPathEnds: Rule = {
  id: 'every-path-ends',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      flowsOf(definition).flatMap(({ flow }) => findingsIn(flow).map((finding) => ({ machine, ...finding }))),
    ),
};

function findingsIn(flow: Flow): Finding[] {
  const used = reachableFrom(flow, flow.StartAt).add(flow.StartAt);
  return Object.entries(flow.States).flatMap(([state, body]) => {
    const findings: Finding[] = [];
    for (const next of nextOf(body)) {
      if (flow.States[next] === undefined) {
        findings.push({ state, found: `leads to ${next}`, limit: 'a state of the same flow', fix: 'add it or rename' });
      }
    }
    if (!used.has(state)) {
      findings.push({ state, found: 'nothing leads to it', limit: 'every state is used', fix: 'take it out' });
    }
    const ahead = [state, ...reachableFrom(flow, state)].map((name) => flow.States[name]);
    if (!ahead.some((each) => each !== undefined && endsFlow(each))) {
      findings.push({ state, found: 'no end ahead of it', limit: 'an end on every path', fix: 'let the loop be left' });
    }
    return findings;
  });
}
