// The compiled form of a state machine's definition: states as data and closures, found by name within their machine.

import type { Test } from '../choice.ts';
import type { Json } from '../json.ts';
import type { Evaluate, Scope } from '../scope.ts';

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export interface Catcher {
  readonly errors: readonly string[];
  readonly next: string;
  /** The state's output from its raw input and the error output. */
  readonly output: (raw: Json, errorOutput: Json, scope: Scope) => Json;
  readonly assign: Evaluate | undefined;
}

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** A state's result, or undefined where the state's effective input is its result. */
export interface StateBase {
  readonly name: string;
  readonly type: StateType;
  readonly jsonata: boolean;
  /** undefined: the machine ends here */
  readonly next: string | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
  /** InputPath; undefined when the input is taken whole. */
  readonly input: Evaluate | undefined;
  /** Parameters or Arguments. */
  readonly parameters: Evaluate | undefined;
  /** ResultSelector. */
  readonly selector: Evaluate | undefined;
  /** ResultPath; undefined: the result replaces the input. */
  readonly merge: ((raw: Json, result: Json) => Json) | undefined;
  /** OutputPath or JSONata Output. */
  readonly output: Evaluate | undefined;
  readonly assign: Evaluate | undefined;
}

/** A number given as it stands, by a path or by an expression. */
export interface NumberField {
  readonly literal: number | undefined;
  readonly evaluate: Evaluate | undefined;
  /** The path's text, for error messages. */
  readonly path: string | undefined;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
  readonly result: Json | undefined;
}
interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}
interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error: Evaluate | undefined;
  readonly cause: Evaluate | undefined;
}
export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: readonly {
    readonly test: Test;
    readonly next: string;
    readonly assign: Evaluate | undefined;
    readonly output: Evaluate | undefined;
  }[];
  readonly fallback: string | undefined;
}
export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly seconds: NumberField | undefined;
  readonly timestamp: { readonly evaluate: Evaluate; readonly path: string | undefined } | undefined;
}
export interface TaskState extends StateBase {
  readonly type: 'Task';
  readonly resource: Resource;
  readonly timeout: NumberField | undefined;
  readonly heartbeat: NumberField | undefined;
  readonly credentials: Evaluate | undefined;
}
export interface ParallelState extends StateBase {
  readonly type: 'Parallel';
  readonly branches: readonly Machine[];
}
export interface MapState extends StateBase {
  readonly type: 'Map';
  readonly processor: Machine;
  readonly distributed: boolean;
  readonly childType: 'STANDARD' | 'EXPRESS';
  readonly label: string | undefined;
  readonly items: { readonly evaluate: Evaluate; readonly path: string | undefined } | undefined;
  readonly itemSelector: Evaluate | undefined;
  readonly maxConcurrency: NumberField | undefined;
  readonly toleratedCount: NumberField | undefined;
  readonly toleratedPercentage: NumberField | undefined;
  readonly reader: ItemReader | undefined;
  readonly batcher: ItemBatcher | undefined;
  readonly writer: ResultWriter | undefined;
}

export interface ItemReader {
  readonly resource: string;
  readonly parameters: Evaluate | undefined;
  readonly inputType: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly maxItems: NumberField | undefined;
}
export interface ItemBatcher {
  readonly maxItems: NumberField | undefined;
  readonly maxBytes: NumberField | undefined;
  readonly batchInput: Evaluate | undefined;
}
export interface ResultWriter {
  readonly resource: string | undefined;
  readonly parameters: Evaluate | undefined;
  readonly transformation: string;
  readonly outputType: string;
}

export type State =
  | PassState
  | SucceedState
  | FailState
  | ChoiceState
  | WaitState
  | TaskState
  | ParallelState
  | MapState;

export interface Machine {
  /** Place in `Program.machines`, stable for a definition's text. */
  readonly index: number;
  readonly start: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Program {
  readonly machines: readonly Machine[];
  readonly root: Machine;
  readonly timeoutSeconds: number | undefined;
}

export interface Resource {
  readonly arn: string;
  readonly kind: 'lambda' | 'activity' | 'service';
  /** Event details' resourceType: `lambda`, `sqs`, `aws-sdk:s3`. */
  readonly service: string;
  /** Event details' resource: `invoke`, `sendMessage.waitForTaskToken`. */
  readonly action: string;
  readonly operation: string;
  readonly pattern: 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';
}
