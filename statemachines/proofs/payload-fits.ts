// AWS ends an execution whose state data pass 256 KiB. Every field the states of a machine read or write is counted once at its
// largest, all of them together: no state ever carries more. The run's own input is its starter's: Open refuses what is too large.

import { type Definition, type State, statesOf } from '../asl.ts';
import { machinesOf, type Proven, type Rule, type Violation } from './rule.ts';

export const MOST_PAYLOAD_BYTES = 200 * 1024;

export const payloadFits: Rule = {
  id: 'payload-fits',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      findings(definition, proven.fieldBytes).map((finding) => ({ machine, ...finding })),
    ),
};

type Sizes = Proven['fieldBytes'];

function findings(definition: Definition, sizeOf: Sizes): Omit<Violation, 'machine'>[] {
  const fields = fieldsOf(definition);
  const unknown = [...fields].filter(([name]) => sizeOf(name) === undefined);
  if (unknown.length > 0) {
    return unknown.map(([name, state]) => ({
      state,
      found: `the field ${name}, of which nobody says how large it may get`,
      limit: 'fields of known size',
      fix: 'bound it where it is made and say so in field-bytes.ts',
    }));
  }
  const bytes = payloadBytes(definition, sizeOf);
  if (bytes <= MOST_PAYLOAD_BYTES) return [];
  const [heaviest] = [...fields].toSorted(([a], [b]) => (sizeOf(b) ?? 0) - (sizeOf(a) ?? 0));
  return [
    {
      state: heaviest?.[1],
      found: `${bytes} bytes at worst, most of them in ${heaviest?.[0]}`,
      limit: `${MOST_PAYLOAD_BYTES} bytes`,
      fix: 'keep it in a row or an object and let its name travel',
    },
  ];
}

/** Bytes of all fields of a machine together. */
export const payloadBytes = (definition: Definition, sizeOf: Sizes): number =>
  [...fieldsOf(definition).keys()].reduce((sum, name) => sum + (sizeOf(name) ?? 0), 2);

/** Names of fields, each with a state that has it. */
function fieldsOf(definition: Definition): Map<string, string> {
  const fields = new Map<string, string>();
  for (const { name, state } of statesOf(definition)) {
    for (const field of fieldsOfState(state)) if (!fields.has(field)) fields.set(field, name);
  }
  return fields;
}

/** Heads of the paths a state reads and writes; what a call answers comes wrapped. */
function fieldsOfState({ Branches: _, ItemProcessor: __, ...own }: State): string[] {
  const found: string[] = [];
  JSON.stringify(own, (_key, value: unknown) => {
    const path =
      typeof value === 'string' ? /^\$(?:\[[^\]]*\])?\.(?:(?:Output|Payload)\.)?(\w+)/.exec(value)?.[1] : undefined;
    if (path !== undefined && path !== 'Output' && path !== 'Payload') found.push(path);
    return value;
  });
  return found;
}
