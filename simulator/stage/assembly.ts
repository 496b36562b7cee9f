// The synthesized app as a scenario runs it: the template of the built-in pipeline, in which what the compiler derives from a
// pipeline (the run machine's definition, the name and hash of the structure) is derived from the scenario's, by the same code.

import { phaseGraph } from '../../core/graph/phase-graph.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import type { Assembly, AssemblyResource } from '../../local/assembly.ts';
import type { Definition, Targets } from '../../statemachines/asl.ts';
import { layOut } from '../../statemachines/layout/lay-out.ts';
import { type MachineName, machines } from '../../statemachines/machines.ts';
import type { Handlers } from './handlers.ts';

const FUNCTION = 'AWS::Lambda::Function';
const MACHINE = 'AWS::StepFunctions::StateMachine';
/** Names in the template begin with this. */
const PREFIX = 'ideamine-local-';

/** Changes a definition before it is deployed. */
export type Redefine = (machine: MachineName, definition: Definition) => Definition;

export interface Deployment {
  readonly pinned: PinnedPipeline;
  readonly handlers: Handlers;
  /** Further environment variables of the workers. */
  readonly variables: Readonly<Record<string, string>>;
  readonly redefine?: Redefine;
}

export function deployed(base: Assembly, deployment: Deployment): Assembly {
  const definitions = definitionsFor(base, deployment.pinned);
  const resources = new Map<string, AssemblyResource>();
  for (const [id, resource] of base.resources) resources.set(id, changed(resource, definitions, deployment));
  return {
    ...base,
    resources,
    codePath: (id) => deployment.handlers.folder(handlerOf(base.resources.get(id)?.ref ?? '')),
  };
}

/** What the compiler makes of a pipeline. */
export function definitionsFor(base: Assembly, { pipeline }: PinnedPipeline): Record<MachineName, Definition> {
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const { layout } = layOut(phaseGraph(pipeline.phases), (id) => minutes.get(id) as number);
  return machines(targetsOf(base), pipeline.title, layout);
}

function machineNamed(ref: string): MachineName {
  return ref.slice(ref.lastIndexOf(PREFIX) + PREFIX.length) as MachineName;
}

function changed(
  resource: AssemblyResource,
  definitions: Record<MachineName, Definition>,
  { pinned, variables, redefine }: Deployment,
): AssemblyResource {
  const { properties } = resource;
  if (resource.type === MACHINE) {
    const name = machineNamed(resource.ref);
    const definition = definitions[name];
    const DefinitionString = JSON.stringify(redefine === undefined ? definition : redefine(name, definition));
    return { ...resource, properties: { ...properties, DefinitionString } };
  }
  if (resource.type !== FUNCTION) return resource;
  const handler = handlerOf(resource.ref);
  const own = (properties.Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  const structure = { STRUCTURE_HASH: pinned.structureHash, PIPELINE_NAME: pinned.pipeline.name };
  const Variables = {
    ...own,
    // Nobody reads these lines.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    ...(handler === 'open' ? structure : {}),
    ...(handler === 'worker' ? variables : {}),
  };
  return { ...resource, properties: { ...properties, Environment: { Variables } } };
}

/** Both workers are the same code. */
function handlerOf(functionName: string): string {
  const name = functionName.slice(PREFIX.length);
  return name.startsWith('worker-') ? 'worker' : name;
}

/** What the machines of the template call. */
export function targetsOf(base: Assembly): Targets {
  const all = [...base.resources.values()];
  const arnOf = (type: string, name: string): string => {
    const found = all.find((one) => one.type === type && (one.arn ?? one.ref).endsWith(`${PREFIX}${name}`));
    if (found === undefined) throw new Error(`the template has no ${type} named ${PREFIX}${name}`);
    return found.arn ?? found.ref;
  };
  const called = ['open', 'phase', 'plan', 'aggregate', 'gate', 'supervise', 'close'] as const;
  const nested = ['phase', 'attempt', 'round', 'task'] as const;
  return {
    partition: 'aws',
    functions: record(called, (name) => arnOf(FUNCTION, name)),
    machines: record(nested, (name) => arnOf(MACHINE, name)),
    queueUrls: queueUrls(all),
  };
}

/** The queues are told from each other by what their workers are given. */
function queueUrls(all: readonly AssemblyResource[]): Targets['queueUrls'] {
  const worker = all.find((one) => one.type === FUNCTION && one.ref === `${PREFIX}worker-models`);
  const { Variables = {} } = (worker?.properties.Environment ?? {}) as { Variables?: Record<string, string> };
  return { models: Variables.MODELS_QUEUE_URL as string, tools: Variables.TOOLS_QUEUE_URL as string };
}

function record<Name extends string>(names: readonly Name[], value: (name: Name) => string): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>;
}
