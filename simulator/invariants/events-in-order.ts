import type { Invariant } from './invariant.ts';

const RANK: Readonly<Record<string, number>> = {
  'phase.started': 0,
  'phase.ready': 2,
  'gate.passed': 3,
  'phase.completed': 4,
};

export const eventsInOrder: Invariant = {
  id: 'events-in-order',
  says: 'of a phase: started before ready, ready before the gate, the gate before completed',
  atEnd(end) {
    const seen = new Map<string, Set<string>>();
    const wrong: string[] = [];
    for (const event of [...end.of('EVENT')].sort((a, b) => a.seq - b.seq)) {
      if (event.phase === undefined || RANK[event.type] === undefined) continue;
      const types = seen.get(event.phase) ?? new Set();
      seen.set(event.phase, types.add(event.type));
      if (event.type !== 'phase.started' && !types.has('phase.started'))
        wrong.push(`${event.type} of ${event.phase} came before phase.started`);
    }
    return wrong;
  },
};
