// The part of the Amazon States Language our machines are written in, as plain data (JSONPath). Definitions stay data until
// infra/ turns them into resources, so that proofs and tests read the very thing that is deployed.

/** Any JSON; strings may hold CDK tokens. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a state is checked by asl-validator in the tests
export type State = Readonly<Record<string, any>> & { readonly Type: string };

export interface States {
  readonly [name: string]: State;
}

/** A state machine, a branch of a Parallel, or the processor of a Map. */
export interface Flow {
  readonly StartAt: string;
  readonly States: States;
}

export interface Definition extends Flow {
  readonly Comment: string;
  /** Seconds an execution may take in all. */
  readonly TimeoutSeconds: number;
}

/** What the machines call, by ARN or URL; values may be CDK tokens. */
export interface Targets {
  /** `aws`, `aws-cn`, ...; a token in a template. */
  readonly partition: string;
  /** Function ARN by handler. */
  readonly functions: Readonly<Record<CalledHandler, string>>;
  /** ARN of each nested machine. */
  readonly machines: Readonly<Record<NestedMachine, string>>;
  readonly queueUrls: Readonly<Record<'models' | 'tools', string>>;
}

export type CalledHandler = 'open' | 'phase' | 'plan' | 'aggregate' | 'gate' | 'supervise' | 'close';
export type NestedMachine = 'phase' | 'attempt' | 'round' | 'task';

/** Every flow in it, itself first, with the names of the states that lead to it. */
export function flowsOf(flow: Flow, path: readonly string[] = []): { flow: Flow; path: readonly string[] }[] {
  const inner = Object.entries(flow.States).flatMap(([name, state]) => {
    const nested: Flow[] = [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])];
    return nested.flatMap((each) => flowsOf(each, [...path, name]));
  });
  return [{ flow, path }, ...inner];
}

/** Every state at any depth. */
export function statesOf(flow: Flow): { name: string; state: State }[] {
  return flowsOf(flow).flatMap(({ flow: each }) =>
    Object.entries(each.States).map(([name, state]) => ({ name, state })),
  );
}
