import { beforeAll, describe, expect, it } from '@jest/globals';
import { draftedIn } from '../../agents/drafting/draft-step.ts';
import { GIT_TOOL } from '../../agents/generator/repository.ts';
import { offlineProvider } from '../../agents/models/offline.ts';
import { readable } from '../../agents/text/sentences.ts';
import { artifactSchema, isArtifactType } from '../../core/artifacts/registry.ts';
import { attemptShare, taskShares } from '../../core/budget/shares.ts';
import { atPointer, claimsOf } from '../../core/gates/evidence/look.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import { builtinPipeline, exampleIdea, ideaNames } from './builtin-pipeline.ts';
import { type Contents, type FinishedPhase, Interrupted, newRecord, runPipeline, runTask } from './memory-context.ts';

const pipeline = builtinPipeline();

describe.each(ideaNames)('the built-in pipeline on %s, offline', (name) => {
  const idea = exampleIdea(name);
  let phases: FinishedPhase[] = [];
  let all: Contents = {};

  beforeAll(async () => {
    phases = await runPipeline(pipeline, idea, offlineProvider());
    all = Object.assign({}, ...phases.map(({ contents }) => contents));
  });

  it('makes every artifact, as its schema says', () => {
    const made = pipeline.phases.flatMap(({ makes }) => makes);
    expect(Object.keys(all).sort()).toEqual([...made].sort());
    for (const [type, content] of Object.entries(all)) {
      const parsed = isArtifactType(type) ? artifactSchema(type).safeParse(content) : undefined;
      expect({ type, issues: parsed?.error?.issues ?? [] }).toEqual({ type, issues: [] });
    }
  });

  it('says nothing without a span that says it', () => {
    const claims = claimsOf({ idea, artifacts: all, makes: [] }, Object.keys(all));
    expect(claims.length).toBeGreaterThan(200);
    for (const { artifact, pointer, claim } of claims) {
      if (claim.text === 'UNKNOWN') {
        expect({ artifact, pointer, cites: claim.cites }).toEqual({ artifact, pointer, cites: [] });
        continue;
      }
      expect(claim.cites.length).toBeGreaterThan(0);
      for (const { source, pointer: at, start, end } of claim.cites) {
        const text = atPointer(source === 'Idea' ? idea : (all[source] ?? null), at);
        expect(typeof text).toBe('string');
        expect(readable(String(text).slice(start, end))).toBe(claim.text);
      }
    }
  });

  it('gives the same bytes again, with a provider that has answered other things', async () => {
    const provider = offlineProvider();
    await runPipeline(pipeline, 'Another idea. It should list birds.', provider);
    const again = await runPipeline(pipeline, idea, provider);
    expect(canonicalJson(again.map(({ contents }) => contents))).toBe(
      canonicalJson(phases.map(({ contents }) => contents)),
    );
  });

  it('gives the same result when a task is interrupted after any of its steps', async () => {
    for (const { tasks } of phases) {
      for (const { run, record, result } of tasks) {
        for (let steps = 0; steps < record.memo.size; steps += 1) {
          const resumed = newRecord();
          await expect(runTask(run, resumed, steps)).rejects.toBeInstanceOf(Interrupted);
          expect(resumed.memo.size).toBe(steps);
          expect(canonicalJson(await runTask(run, resumed))).toBe(canonicalJson(result));
          expect([...resumed.memo.keys()]).toEqual([...record.memo.keys()]);
        }
      }
    }
  });

  it('asks a model in no step but one that names the artifact, which tells the drafted ones from the derived', () => {
    for (const { tasks } of phases) {
      for (const { run, record } of tasks) {
        const drafted = { task: run.task.id, types: [...record.drafted].sort() };
        expect(drafted).toEqual({ task: run.task.id, types: draftedIn([...record.memo.keys()]).sort() });
      }
    }
  });

  it('takes at least one step in every task that has something to do, and reports progress in order', () => {
    for (const { tasks } of phases) {
      for (const { run, record } of tasks) {
        if (run.phase.mode.kind !== 'iterative')
          expect({ task: run.task.id, steps: record.memo.size > 0 }).toEqual({ task: run.task.id, steps: true });
        expect(record.progress).toEqual([...record.progress].sort((a, b) => a - b));
        expect(record.progress.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
      }
    }
  });

  it('keeps every task within half of the share it would get at worst', () => {
    for (const { phase, tasks } of phases) {
      const cap = { tokens: phase.budget.tokens, toolMs: 0, usdMicros: 0 };
      const [share] = taskShares(attemptShare(cap, 1, phase.gate.tries), phase.agents.length, 0);
      for (const { run, record } of tasks) {
        expect({ task: run.task.id, fits: record.tokens <= (share?.tokens ?? 0) / 2 }).toEqual({
          task: run.task.id,
          fits: true,
        });
      }
    }
  });

  it('handles each story once in the loop, after those it depends on', () => {
    const progress = (all.StoryProgress as { stories: { story: string; round: number }[] }).stories;
    const { stories } = all.UserStories as { stories: { id: string; dependsOn: string[] }[] };
    expect(progress.map(({ story }) => story).sort()).toEqual(stories.map(({ id }) => id).sort());
    const roundOf = new Map(progress.map(({ story, round }) => [story, round]));
    for (const { id, dependsOn } of stories) {
      for (const needed of dependsOn) expect(roundOf.get(needed) ?? 0).toBeLessThan(roundOf.get(id) ?? 0);
    }
    const results = (all.AcceptanceTestResults as { results: { test: string }[] }).results.map(({ test }) => test);
    expect(new Set(results).size).toBe(results.length);
  });

  it('makes up no measurement: without tools, only what the git library did is measured', () => {
    const by = [...canonicalJson(all).matchAll(/"by":"([^"]*)"/g)].map((found) => found[1]);
    expect(new Set(by)).toEqual(new Set([GIT_TOOL]));
  });
});

describe('a thin idea', () => {
  it('runs through, and leaves what it cannot ground UNKNOWN', async () => {
    const phases = await runPipeline(pipeline, 'An app for dogs', offlineProvider());
    const { IdeaSpec } = (phases[0] as FinishedPhase).contents as { IdeaSpec: { [field: string]: Json } };
    expect(IdeaSpec.targetUsers).toEqual([]);
    expect(IdeaSpec.problem).toEqual({ text: 'UNKNOWN', cites: [] });
    expect(IdeaSpec.requirements).toEqual([]);
  });
});
