// A drawn agent at work: it takes its time in memoised steps, reports progress, asks the model, acts outside, saves checkpoints,
// fails by class for its first tries, and now and then returns what no agent should. Each draw is by the task's name.

import { z } from 'zod';
import type { Agent, AgentResult } from '../../agents/sdk/agent.ts';
import type { AgentContext } from '../../agents/sdk/context.ts';
import { type ArtifactType, isArtifactType } from '../../core/artifacts/registry.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { drawOf, wholeOf } from './draws.ts';
import { sampleOf } from './samples.ts';

/** Shares are from 0 to 1, of the tasks. */
export interface Behaviour {
  readonly seed: number;
  /** Most minutes of work of one task; most tasks take far less. */
  readonly minutes: number;
  readonly failing: number;
  readonly acting: number;
  readonly asking: number;
  readonly stalling: number;
  /** Of a result that no agent should give. */
  readonly wrong: number;
  /** Faults of the model, each with its share of the calls. */
  readonly model: Readonly<Record<string, number>>;
}

type Contract = Pick<Agent, 'id' | 'makes'>;

const ERRORS = [
  'Transient',
  'RateLimit',
  'Schema',
  'Ungrounded',
  'ToolInfrastructure',
  'Unknown',
  'BadInput',
  'Budget',
];

export async function behave(ctx: AgentContext, contract: Contract, behaviour: Behaviour): Promise<AgentResult> {
  const name = `${ctx.phase}/${ctx.attempt}/${ctx.round}/${ctx.task}`;
  const draw = (what: string) => drawOf(behaviour.seed, name, what);
  const tries = await countTry(ctx);
  const steps = wholeOf(draw('steps'), 1, 3);
  // Cubed: most tasks are short.
  const ms = 1000 + Math.floor(behaviour.minutes * 60_000 * draw('time') ** 3);
  if (draw('stalls') < behaviour.stalling && tries === 1) await never(ctx);
  for (let step = 1; step <= steps; step += 1) {
    await ctx.step(`part ${step}`, async () => {
      await pass(ctx, ms / steps);
      return { step };
    });
    await ctx.progress(step / (steps + 1));
    if (draw(`asks ${step}`) < behaviour.asking) await ask(ctx, contract, `${name}/${step}`);
    if (draw(`saves ${step}`) < 0.3) await ctx.checkpoint({ step });
  }
  if (draw('acts') < behaviour.acting) await act(ctx, name);
  if (draw('fails') < behaviour.failing && tries <= wholeOf(draw('failures'), 1, 4)) {
    const code = ERRORS[wholeOf(draw('class') ** 2, 0, ERRORS.length - 1)] as string;
    throw new IdeaMineError(`IdeaMine.${code}`, `drawn for try ${tries}`, { retryable: true });
  }
  if (draw('wrong') < behaviour.wrong) return wrongly(ctx, contract, wholeOf(draw('how'), 0, 4));
  return resultOf(ctx, contract, draw);
}

function resultOf(ctx: AgentContext, contract: Contract, draw: (what: string) => number): AgentResult {
  const artifacts = Object.fromEntries(makesOf(contract).map((type) => [type, sampleOf(type)]));
  return { artifacts, ...(ctx.round > 1 || draw('done') < 0.5 ? { done: ctx.round >= 2 || draw('done') < 0.3 } : {}) };
}

const makesOf = ({ makes }: Contract): readonly ArtifactType[] =>
  makes.filter((type): type is ArtifactType => isArtifactType(type));

/** Which try this is, from 1, by memoised steps: they outlive a try. */
async function countTry(ctx: AgentContext): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    let first = false;
    await ctx.step(`try ${tries}`, () => {
      first = true;
      return tries;
    });
    if (first) return tries;
  }
}

function pass(ctx: AgentContext, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.ceil(ms));
    ctx.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(ctx.signal.reason);
    });
  });
}

/** Beats, and gets nowhere. */
const never = (ctx: AgentContext): Promise<never> =>
  new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)));

async function ask(ctx: AgentContext, contract: Contract, name: string): Promise<void> {
  const artifact = makesOf(contract)[0];
  if (artifact === undefined) return;
  await ctx.model.draft({
    artifact,
    schema: z.strictObject({ answer: z.string() }),
    instructions: `simulated ${name}`,
    sources: [],
  });
}

/** The outside sees every act: it is a line of the worker's output, which the simulator reads. */
async function act(ctx: AgentContext, name: string): Promise<void> {
  await ctx.effect('publish', {
    key: `${ctx.runId}/${name}`,
    async do() {
      console.log(JSON.stringify({ simulated: 'act', key: `${ctx.runId}/${name}` }));
      return { published: name };
    },
    async undo() {
      console.log(JSON.stringify({ simulated: 'undo', key: `${ctx.runId}/${name}` }));
    },
  });
}

async function wrongly(ctx: AgentContext, contract: Contract, how: number): Promise<AgentResult> {
  const artifact = makesOf(contract)[0] as string;
  if (how === 0) await ctx.progress(Number.NaN);
  if (how === 1) throw 'a text';
  if (how === 2) return { artifacts: { NothingOfTheKind: 1 } as unknown as AgentResult['artifacts'] };
  if (how === 3) {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    return { artifacts: { [artifact]: circle } as unknown as AgentResult['artifacts'] };
  }
  return { artifacts: { [artifact]: { garbage: 'x'.repeat(1000) } as Json } as AgentResult['artifacts'] };
}
