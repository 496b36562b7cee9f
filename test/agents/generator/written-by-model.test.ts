// With a model that writes, its files become the project's, as far as they are its part; without one nobody asks it.

import { describe, expect, it } from '@jest/globals';
import { findAgent } from '../../../agents/catalogue.ts';
import { deriveDataModel } from '../../../agents/domain/entities.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import type { AgentContext, DraftRequest } from '../../../agents/sdk/context.ts';
import type { SourceCode } from '../../../core/artifacts/source-code.ts';
import type { Json } from '../../../core/json.ts';

await loadGrammar();

const claim = (text: string) => ({ text, cites: [] });
const WANT = 'A member must be able to reserve a tool by e-mail.';
const stories = [{ id: 'S1', title: claim(WANT), want: claim(WANT), acceptance: [claim(WANT)], dependsOn: [] }];
const model = deriveDataModel({ stories });
const artifacts: Record<string, unknown> = {
  DataModel: model,
  OpenAPI: writeOpenApi('Shed', 'For neighbours.', model, { stories }),
  UserStories: { stories },
  SourceCode: { parts: {} },
  TestSuite: { files: [], cases: [] },
};

/** @param answer null for a model that cannot write. */
function context(answer: Json | null, asked: DraftRequest<unknown>[]): AgentContext {
  return {
    shard: null,
    round: 1,
    input: { artifact: (type: string) => structuredClone(artifacts[type]), previous: null },
    step: async (_: string, work: () => unknown) => work(),
    progress: async () => {},
    model: {
      writes: answer !== null,
      async draft(request: DraftRequest<unknown>) {
        asked.push(request);
        return request.schema.parse(answer);
      },
    },
  } as unknown as AgentContext;
}

async function partOf(agent: string, answer: Json | null, asked: DraftRequest<unknown>[] = []) {
  const { artifacts: made } = await findAgent(agent).run(context(answer, asked));
  return Object.values((made.SourceCode as SourceCode).parts)[0]?.files ?? [];
}

describe('a build agent', () => {
  it('asks no model that cannot write', async () => {
    const asked: DraftRequest<unknown>[] = [];
    expect((await partOf('frontend', null, asked)).map(({ path }) => path)).toContain('public/index.html');
    expect(asked).toEqual([]);
  });

  it('takes over what a model writes of its part, and keeps the rest', async () => {
    const asked: DraftRequest<unknown>[] = [];
    const page = '<!doctype html><title>Shed</title>';
    const files = await partOf('frontend', { files: [{ path: 'public/index.html', text: page }] }, asked);
    expect(files.find(({ path }) => path === 'public/index.html')?.text).toBe(page);
    expect(files.map(({ path }) => path)).toContain('public/app.js');
    expect(asked[0]?.notes?.[0]?.content).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'public/app.js' })]),
    );
  });

  it.each([
    ['frontend', 'src/service.ts'],
    ['frontend', 'public/../src/service.ts'],
    ['backend', 'src/server.ts'],
    ['backend', 'src/store.ts'],
    ['database', 'src/service.ts'],
    ['integration', 'src/service.ts'],
    ['integration', '.git/hooks'],
  ])('refuses a file of %s at %s', async (agent, path) => {
    await expect(partOf(agent, { files: [{ path, text: '' }] })).rejects.toMatchObject({ code: 'IdeaMine.Schema' });
  });
});

describe('the story implementer', () => {
  it('lets a model build what the generator leaves open, in files of the story', async () => {
    const test = { path: 'test/stories/S1.test.ts', text: "test('S1.A1 works', () => {});" };
    const answer = { files: [test], lines: [{ id: 'S1.A1', open: [] }] };
    const { artifacts: made } = await findAgent('story-implementer').run(context(answer, []));
    expect(made.ImplementedStories).toMatchObject({
      stories: [
        { story: 'S1', changes: [{ ...test }], lines: [{ test: 'S1.A1', open: [] }], commit: { status: 'measured' } },
      ],
    });
    const stray = { ...answer, files: [{ path: 'src/service.ts', text: '' }] };
    await expect(findAgent('story-implementer').run(context(stray, []))).rejects.toThrow('no file of story S1');
  });
});
