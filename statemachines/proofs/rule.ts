// What a proof is: a rule with an id (the name of its file) that looks at all machines and names every place that breaks it.

import type { Phase } from '../../core/pipeline/model.ts';
import type { Definition, NestedMachine } from '../asl.ts';
import type { MachineName } from '../machines.ts';

export interface Proven {
  readonly definitions: Readonly<Record<MachineName, Definition>>;
  /** What the machines will be asked to run. */
  readonly phases: readonly Phase[];
  /** Workers of one class that may be at work together. */
  readonly workersAtOnce: number;
  /** Bytes a field that travels between states may have at most; undefined when nobody has said. */
  readonly fieldBytes: (name: string) => number | undefined;
  /** ARN by which the definitions call each nested machine. */
  readonly machineArns: Readonly<Record<NestedMachine, string>>;
}

export interface Violation {
  readonly machine: MachineName;
  /** Absent when it is about the machine as a whole. */
  readonly state?: string;
  readonly found: string;
  readonly limit: string;
  /** What to do about it. */
  readonly fix: string;
}

export interface Rule {
  readonly id: string;
  check(proven: Proven): Violation[];
}

export const machinesOf = ({ definitions }: Proven): [MachineName, Definition][] =>
  Object.entries(definitions) as [MachineName, Definition][];
