// What the rules look at: the parts of a pipeline that could be read, each with its path in the file, so that one rule
// is a few lines and a fault elsewhere never hides what it would find.

import type { Path } from './located.ts';
import type { PhaseBudget } from './model.ts';
import type { PipelineShape } from './shape.ts';

export interface Sited<T> {
  readonly value: T;
  readonly at: Path;
}

export interface Draft {
  /** As declared. */
  readonly phases: readonly DraftPhase[];
  readonly slots: readonly DraftSlot[];
  /** Undefined when they could not be read. */
  readonly tiers: readonly string[] | undefined;
  /** Of the tiers. */
  readonly providers: readonly Sited<string>[];
  readonly budgetUsdMicros: Sited<number> | undefined;
  /** False when what some phase makes could not be read, so that "nobody makes it" says nothing. */
  readonly makersWhole: boolean;
}

export interface DraftPhase {
  readonly at: Path;
  /** Lists that stand there and are empty. */
  readonly empty: readonly ('agents' | 'makes')[];
  readonly id: string | undefined;
  readonly needs: readonly Sited<string>[];
  readonly makes: readonly Sited<string>[];
  readonly tier: Sited<string> | undefined;
  /** A person approves what is handed on. */
  readonly approved: boolean;
  /** Agents see what others of the phase made before them. */
  readonly inTurns: boolean;
  /** Each agent waits for the one before it. */
  readonly oneByOne: boolean;
  readonly agents: readonly DraftAgent[];
  readonly customAggregation: Sited<string> | undefined;
  readonly budget: Partial<PhaseBudget>;
  readonly guards: readonly DraftGuard[];
  readonly weights: readonly Sited<{ readonly criterion: string; readonly share: number }>[];
  /** False when a weight could not be read, so their sum says nothing. */
  readonly weightsWhole: boolean;
}

interface DraftAgent {
  readonly id: Sited<string> | undefined;
  readonly tier: Sited<string> | undefined;
  readonly tools: readonly Sited<string>[];
  readonly shardOver: Sited<string> | undefined;
  readonly after: readonly Sited<string>[];
}

interface DraftGuard {
  readonly criterion: Sited<string>;
  readonly parameters: readonly Sited<{ readonly name: string; readonly value: unknown }>[];
}

interface DraftSlot {
  readonly id: Sited<string> | undefined;
  readonly artifact: Sited<string> | undefined;
}

type Partly<T> = T extends readonly (infer Item)[]
  ? (Partly<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** @param reading the value of `readShape` with the pipeline's shape. */
export function draftOf(reading: unknown): Draft {
  const shape = (reading ?? {}) as Partly<PipelineShape>;
  return {
    phases: (shape.phases ?? []).map((phase, index) => draftPhase(phase ?? {}, ['phases', index])),
    slots: (shape.dossier?.slots ?? []).map((slot, index) => ({
      id: sited(slot?.id, ['dossier', 'slots', index, 'id']),
      artifact: sited(slot?.artifact, ['dossier', 'slots', index, 'artifact']),
    })),
    tiers: shape.models && Object.keys(shape.models),
    providers: Object.entries(shape.models ?? {}).flatMap(
      ([tier, model]) => sited(model?.provider, ['models', tier, 'provider']) ?? [],
    ),
    budgetUsdMicros: sited(shape.budget?.usd, ['budget', 'usd']),
    makersWhole: shape.phases?.every((phase) => phase?.makes?.every((type) => type !== undefined) ?? false) ?? false,
  };
}

function draftPhase(phase: Partly<PipelineShape['phases'][number]>, at: Path): DraftPhase {
  const weights = Object.entries(phase.gate?.weights ?? {});
  const { tokens, tool, wall, usd } = phase.budget ?? {};
  return {
    at,
    empty: (['agents', 'makes'] as const).filter((key) => phase[key]?.length === 0),
    id: phase.id,
    needs: list(phase.needs, [...at, 'needs']),
    makes: list(phase.makes, [...at, 'makes']),
    tier: sited(phase.tier, [...at, 'tier']),
    approved: phase.gate?.approval === 'person',
    inTurns: phase.mode?.kind !== 'parallel',
    oneByOne: phase.mode?.kind === 'sequential' || phase.mode?.kind === 'iterative',
    agents: (phase.agents ?? []).map((agent, index) => draftAgent(agent ?? {}, [...at, 'agents', index])),
    customAggregation: sited(phase.aggregation?.name, [...at, 'aggregation']),
    budget: { tokens, toolMinutes: tool, wallMinutes: wall, usdMicros: usd },
    guards: (phase.gate?.guards ?? []).flatMap((guard, index) => draftGuard(guard, [...at, 'gate', 'guards', index])),
    weights: weights.flatMap(([criterion, share]) =>
      share === undefined ? [] : [{ value: { criterion, share }, at: [...at, 'gate', 'weights', criterion] }],
    ),
    weightsWhole: phase.gate?.weights !== undefined && weights.every(([, share]) => share !== undefined),
  };
}

function draftAgent(agent: Partly<PipelineShape['phases'][number]['agents'][number]>, at: Path): DraftAgent {
  return {
    id: sited(agent.id, [...at, 'id']),
    tier: sited(agent.tier, [...at, 'tier']),
    tools: list(agent.tools, [...at, 'tools']),
    shardOver: sited(agent.shard?.over, [...at, 'shard', 'over']),
    after: list(agent.after, [...at, 'after']),
  };
}

function draftGuard(guard: Record<string, unknown> | undefined, at: Path): DraftGuard[] {
  const { criterion, required, ...parameters } = guard ?? {};
  if (typeof criterion !== 'string') return [];
  const named = Object.entries(parameters).map(([name, value]) => ({ value: { name, value }, at: [...at, name] }));
  return [{ criterion: { value: criterion, at: [...at, 'criterion'] }, parameters: named }];
}

function sited<T>(value: T | undefined, at: Path): Sited<T> | undefined {
  return value === undefined ? undefined : { value, at };
}

function list<T>(values: readonly (T | undefined)[] | undefined, at: Path): Sited<T>[] {
  return (values ?? []).flatMap((value, index) => (value === undefined ? [] : [{ value, at: [...at, index] }]));
}
