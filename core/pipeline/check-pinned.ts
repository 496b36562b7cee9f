// Checks a pinned pipeline once more where it is about to run: it may have been pushed long ago, by another version, or
// by hand. Its hashes must be its own and every rule must hold against the words known here and now.

import { BadInput } from '../errors.ts';
import { draftOf } from './draft.ts';
import type { Known } from './known.ts';
import type { Phase, PinnedPipeline, Pipeline } from './model.ts';
import { pinPipeline } from './pin.ts';
import { rules } from './rules.ts';
import type { PipelineShape } from './shape.ts';

/** @throws BadInput with one line per problem. */
export function checkPinned(pinned: PinnedPipeline, known: Known): void {
  const { pipeline } = pinned;
  const { hash, structureHash } = pinPipeline(pipeline);
  if (hash !== pinned.hash || structureHash !== pinned.structureHash) {
    throw new BadInput(`pipeline ${pipeline.name}: expected content of hash ${pinned.hash}, found ${hash}`);
  }
  const draft = draftOf(fromModel(pipeline));
  const findings = rules.flatMap(({ id, check }) => check(draft, known).map((finding) => ({ id, ...finding })));
  if (findings.length === 0) return;
  const lines = findings.map(
    ({ id, at, message, found, expected }) =>
      `${at.join('/')}: ${message}: found ${found}, expected ${expected} [${id}]`,
  );
  throw new BadInput(`pipeline ${pipeline.name} ${pipeline.version} is not sound here:\n${lines.join('\n')}`);
}

/** The inverse of `toModel`. */
function fromModel({ budget, phases, ...rest }: Pipeline): unknown {
  const shape: { [Key in keyof PipelineShape]: unknown } = {
    ...rest,
    budget: { usd: budget.usdMicros },
    phases: phases.map(phaseFromModel),
  };
  return shape;
}

function phaseFromModel({ budget, gate, retry, agents, ...rest }: Phase): {
  [Key in keyof PipelineShape['phases'][number]]: unknown;
} {
  const { minimum, ...others } = gate;
  return {
    ...rest,
    agents: agents.map(({ paceMs, ...agent }) => ({ ...agent, pace: paceMs })),
    budget: { tokens: budget.tokens, tool: budget.toolMinutes, wall: budget.wallMinutes, usd: budget.usdMicros },
    gate: { atLeast: minimum, ...others },
    retry: { attempts: retry.attempts, base: retry.baseMs },
  };
}
