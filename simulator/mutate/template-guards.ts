// The guards of the template: every Catch, Retry, time-out and heartbeat of the five machines, found by reading their definitions.
// The phases of the run machine are one function's work: a guard of theirs is taken out of all of them at once.

import type { Definition, Flow, State } from '../../statemachines/asl.ts';
import type { MachineName } from '../../statemachines/machines.ts';

export interface TemplateGuard {
  /** `task / Work (models): Catch`. */
  readonly id: string;
  readonly machine: MachineName;
  without(definition: Definition): Definition;
}

const TIMES = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'] as const;
const GUARDS = ['Catch', 'Retry', ...TIMES] as const;

export function templateGuards(definitions: Record<MachineName, Definition>): TemplateGuard[] {
  return (Object.entries(definitions) as [MachineName, Definition][]).flatMap(([machine, definition]) => [
    { id: `${machine}: TimeoutSeconds`, machine, without: (whole) => leaveOut(whole, 'TimeoutSeconds') as Definition },
    ...(machine === 'run' ? phaseGuards(definition) : []),
    ...guardsIn(definition)
      .filter(({ path }) => machine !== 'run' || isOwn(path))
      .map(({ path, member }) => ({
        id: `${machine} / ${path.at(-1)}: ${member}`,
        machine,
        without: (whole: Definition) => changed(whole, path, member) as Definition,
      })),
  ]);
}

/** What the run machine does besides its phases. */
const isOwn = ([name]: readonly string[]): boolean => name === 'Open' || name === 'Close';

function phaseGuards(definition: Definition): TemplateGuard[] {
  const members = new Set(guardsIn(definition).flatMap(({ path, member }) => (isOwn(path) ? [] : [member])));
  return [...members].map((member) => ({
    id: `run / every phase: ${member}`,
    machine: 'run' as const,
    without: (whole) =>
      guardsIn(whole)
        .filter((place) => place.member === member && !isOwn(place.path))
        .reduce((rest, { path }) => changed(rest, path, member) as Definition, whole),
  }));
}

interface Place {
  /** Names of the states from the outermost to the one that holds the guard. */
  readonly path: readonly string[];
  readonly member: (typeof GUARDS)[number];
}

function guardsIn(flow: Flow, above: readonly string[] = []): Place[] {
  return Object.entries(flow.States).flatMap(([name, state]) => {
    const path = [...above, name];
    const own = GUARDS.filter((member) => state[member] !== undefined).map((member) => ({ path, member }));
    return [...own, ...innerFlows(state).flatMap((inner) => guardsIn(inner, path))];
  });
}

const innerFlows = (state: State): Flow[] => [
  ...((state.Branches as Flow[] | undefined) ?? []),
  ...(state.ItemProcessor === undefined ? [] : [state.ItemProcessor as Flow]),
];

function changed(flow: Flow, [name, ...rest]: readonly string[], member: string): Flow {
  const state = flow.States[name as string];
  if (state === undefined) return flow;
  const next = rest.length === 0 ? (leaveOut(state, member) as State) : changedInside(state, rest, member);
  return { ...flow, States: { ...flow.States, [name as string]: next } };
}

function changedInside(state: State, path: readonly string[], member: string): State {
  const { Branches, ItemProcessor } = state;
  return {
    ...state,
    ...(Branches === undefined
      ? {}
      : { Branches: (Branches as Flow[]).map((branch) => changed(branch, path, member)) }),
    ...(ItemProcessor === undefined ? {} : { ItemProcessor: changed(ItemProcessor as Flow, path, member) }),
  };
}

/** A heartbeat without its time-out, or the reverse, is another guard's business. */
function leaveOut(value: object, member: string): object {
  const { [member]: _, ...rest } = value as Record<string, unknown>;
  return rest;
}
