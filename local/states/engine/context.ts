// The context object and the scope in which a strand's expressions are evaluated.

import type { Randomness } from '../../service.ts';
import { type Json, type JsonObject, jsonOf } from '../json.ts';
import type { Scope } from '../scope.ts';
import type { Execution, Strand } from './execution.ts';

/** ISO 8601 with milliseconds, as the context object's times are written. */
const isoTime = (at: number): string => new Date(at).toISOString();

/** States that may have Retry; only their context tells the count. */
const RETRYABLE = new Set(['Task', 'Parallel', 'Map']);

export class StrandScope implements Scope {
  readonly execution: Execution;
  readonly strand: Strand;
  readonly random_: Randomness;
  readonly at: number;
  result: Json | undefined;
  errorOutput: Json | undefined;
  /** Token of the task under preparation. */
  token: string | undefined;
  /** Item under preparation by a Map state's ItemSelector. */
  item: { index: number; value: Json; source?: string | undefined } | undefined;

  constructor(execution: Execution, strand: Strand, random: Randomness, at: number) {
    this.execution = execution;
    this.strand = strand;
    this.random_ = random;
    this.at = at;
  }

  random(): number {
    return this.random_.next();
  }

  uuid(): string {
    return this.random_.uuid();
  }

  now(): number {
    return this.at;
  }

  variable(name: string): Json | undefined {
    for (let strand: Strand | undefined = this.strand; strand; strand = this.#outer(strand)) {
      if (Object.hasOwn(strand.variables, name)) return strand.variables[name];
    }
    return undefined;
  }

  variables(): JsonObject {
    const chain: JsonObject[] = [];
    for (let strand: Strand | undefined = this.strand; strand; strand = this.#outer(strand))
      chain.push(strand.variables);
    return chain.length === 1 ? (chain[0] as JsonObject) : Object.assign({}, ...chain.reverse());
  }

  #outer(strand: Strand): Strand | undefined {
    return strand.parent === undefined ? undefined : this.execution.strands.get(strand.parent);
  }

  context(): JsonObject {
    const { facts } = this.execution;
    const execution: JsonObject = {
      Id: facts.arn,
      Input: jsonOf(this.execution.input),
      StartTime: isoTime(facts.startedAt),
      Name: facts.name,
      RoleArn: facts.roleArn,
    };
    if (facts.type === 'STANDARD') execution.RedriveCount = this.execution.redriveCount;
    if (this.execution.redrivenAt !== undefined) execution.RedriveTime = isoTime(this.execution.redrivenAt);
    const context: JsonObject = {
      Execution: execution,
      StateMachine: { Id: facts.machineArn, Name: facts.machineName },
      State: {
        Name: this.strand.state.name,
        EnteredTime: isoTime(this.strand.enteredAt),
        ...(RETRYABLE.has(this.strand.state.type) ? { RetryCount: this.strand.retryCount } : {}),
      },
    };
    if (this.token !== undefined) context.Task = { Token: this.token };
    const item = this.item ?? this.#item();
    if (item) {
      context.Map = {
        Item: { Index: item.index, Value: item.value, ...(item.source === undefined ? {} : { Source: item.source }) },
      };
    }
    return context;
  }

  /** The nearest enclosing iteration's item. */
  #item(): { index: number; value: Json; source?: string | undefined } | undefined {
    for (let strand: Strand | undefined = this.strand; strand; strand = this.#outer(strand)) {
      const parent = this.#outer(strand);
      if (parent?.state.type === 'Map' && parent.items) {
        return { index: strand.index, value: parent.items[strand.index] as Json, source: parent.itemSource };
      }
    }
    return undefined;
  }
}
