// From every state of every flow an end can be reached, every name that is led to exists, and no state is left over.

import { type Flow, flowsOf } from '../asl.ts';
import { endingStates, nextOf, usedStates } from '../flow-graph.ts';
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
  const used = usedStates(flow);
  const ending = endingStates(flow);
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
    if (!ending.has(state)) {
      findings.push({ state, found: 'no end ahead of it', limit: 'an end on every path', fix: 'let the loop be left' });
    }
    return findings;
  });
}
