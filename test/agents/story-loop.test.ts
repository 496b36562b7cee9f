import { describe, expect, it } from '@jest/globals';
import { offlineProvider } from '../../agents/models/offline.ts';
import type { AgentResult } from '../../agents/sdk/agent.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { StoryProgress } from '../../core/artifacts/story-progress.ts';
import type { UserStory } from '../../core/artifacts/user-stories.ts';
import type { Json } from '../../core/json.ts';
import { merge } from '../../core/scheduling/aggregate.ts';
import { builtinPipeline } from './builtin-pipeline.ts';
import { type Contents, newRecord, runTask } from './memory-context.ts';

const phase = builtinPipeline().phases.find(({ id }) => id === 'story-loop');
const said = (text: string) => ({ text, cites: [{ source: 'Idea', pointer: '', start: 0, end: 1 }] });

function story(number: number, dependsOn: string[] = []): UserStory {
  const want = said(`A member can see thing ${number}.`) as UserStory['want'];
  return {
    id: `S${number}`,
    title: want,
    asA: want,
    want,
    soThat: want,
    acceptance: [want],
    requirements: [],
    dependsOn,
  };
}

const empty = { language: 'none', files: [] };
const files = [{ path: 'a.ts', text: '', serves: ['seeThing', 'Thing'] }];
const operation = {
  operationId: 'seeThing',
  summary: 's',
  tags: ['Thing'],
  parameters: [],
  responses: {},
  'x-stories': ['S1'],
};

function inputs(stories: readonly UserStory[]): Contents {
  return {
    UserStories: { stories } as unknown as Json,
    OpenAPI: {
      info: { title: 'Things', description: 'Of things.' },
      paths: { '/things': { get: operation } },
    } as unknown as Json,
    SourceCode: { parts: { backend: { language: 'TypeScript', files }, frontend: empty } } as unknown as Json,
    TestSuite: {
      files: [],
      cases: stories.map(({ id, want }) => ({ id: `${id}.A1`, story: id, statement: want, operation: '', file: '' })),
    } as unknown as Json,
  };
}

async function runAgent(agent: string, contents: Contents, previous: Json | null, round: number): Promise<AgentResult> {
  if (phase === undefined) throw new Error('the pipeline has no story loop');
  const task = { id: agent, agent, tier: 'standard', tools: [], shard: null };
  return runTask({ task, phase, round, contents, previous, idea: '', provider: offlineProvider() }, newRecord());
}

/** One round of the three agents with the whole list; returns what it made and whether it is done. */
async function round(stories: readonly UserStory[], previous: Json | null, number: number) {
  let contents = inputs(stories);
  let made: Json = {};
  let done: boolean | undefined;
  for (const agent of ['story-implementer', 'story-tester', 'story-validator']) {
    const result = await runAgent(agent, contents, previous, number);
    made = merge([made, result.artifacts as Json]);
    contents = { ...contents, ...(made as Contents) };
    done = result.done ?? done;
  }
  return {
    made: made as unknown as {
      StoryProgress: StoryProgress;
      ImplementedStories: { stories: { story: string; operations: string[]; files: string[] }[] };
    },
    done,
  };
}

describe('the story loop', () => {
  it('takes up four stories at a time, says so, and carries on', async () => {
    const stories = [1, 2, 3, 4, 5, 6].map((number) => story(number));
    const first = await round(stories, null, 1);
    expect(first.made.StoryProgress.stories.map(({ story }) => story)).toEqual(['S1', 'S2', 'S3', 'S4']);
    expect(first.done).toBe(false);
    const second = await round(stories, first.made as unknown as Json, 2);
    expect(second.made.StoryProgress.stories.map(({ story, round }) => [story, round])).toEqual([
      ['S1', 1],
      ['S2', 1],
      ['S3', 1],
      ['S4', 1],
      ['S5', 2],
      ['S6', 2],
    ]);
    expect(second.done).toBe(true);
  });

  it('waits for what a story depends on, but not for what nobody has', async () => {
    const stories = [story(1, ['S2']), story(2), story(3, ['S99'])];
    const first = await round(stories, null, 1);
    expect(first.made.StoryProgress.stories.map(({ story }) => story)).toEqual(['S2', 'S3']);
    const second = await round(stories, first.made as unknown as Json, 2);
    expect(second.done).toBe(true);
  });

  it('ends when nothing more can be taken up', async () => {
    const stories = [story(1, ['S2']), story(2, ['S1'])];
    expect((await round(stories, null, 1)).done).toBe(true);
  });

  it('names the operations and files of a story, and calls nothing accepted that was not run', async () => {
    const { made } = await round([story(1), story(2)], null, 1);
    expect(made.ImplementedStories.stories.map(({ operations, files }) => [operations, files])).toEqual([
      [['seeThing'], ['a.ts']],
      [[], []],
    ]);
    expect(made.StoryProgress.stories.map(({ state }) => state)).toEqual(['unverified', 'unverified']);
  });

  it('judges by results: one failure rejects, all passed accepts', async () => {
    const stories = [story(1), story(2), story(3), story(4)];
    const result = (id: string, outcome: Json) => ({ test: `${id}.A1`, story: id, statement: said('x'), outcome });
    const measured = (value: string) => ({ status: 'measured', value, by: 'node:test 24' });
    const results = [
      result('S1', measured('passed')),
      result('S2', measured('passed')),
      result('S2', measured('failed')),
      result('S3', measured('passed')),
      result('S3', unmeasured('not run')),
    ];
    const implemented = stories.map(({ id }) => ({ story: id }));
    const contents = {
      ...inputs(stories),
      ImplementedStories: { stories: implemented },
      AcceptanceTestResults: { results },
    } as unknown as Contents;
    const { artifacts } = await runAgent('story-validator', contents, null, 1);
    const { stories: states } = artifacts.StoryProgress as StoryProgress;
    expect(states.map(({ state }) => state)).toEqual(['accepted', 'rejected', 'unverified', 'unverified']);
  });
});
