// The files of one story. Without a model that writes, what the generator can build of it. With one, the model is shown that
// and writes the rest: rules and tests in files of the story's own, on the service as it was built. It says itself what it
// has left open; whether the rest works its tests decide, which run in the sandbox.

import { z } from 'zod';
import type { SourceFile } from '../../../core/artifacts/source-code.ts';
import type { UserStory } from '../../../core/artifacts/user-stories.ts';
import type { AgentContext } from '../../sdk/context.ts';
import { withChanges, writtenFiles } from '../written-part.ts';
import type { Ground } from './checks.ts';
import { storyFiles } from './story-files.ts';

export interface WrittenStory {
  readonly files: readonly SourceFile[];
  /** For each acceptance line, what of it is not built. */
  readonly lines: readonly { readonly id: string; readonly open: readonly string[] }[];
}

/** Of the service, what a story's rules and tests build on. */
const GROUND_FILES = new Set(['src/rule.ts', 'src/entities.ts', 'src/store.ts', 'src/routes.ts', 'test/service.ts']);

export async function writtenStory(
  ctx: AgentContext,
  story: UserStory,
  ground: Ground,
  project: readonly SourceFile[],
): Promise<WrittenStory> {
  const generated = await ctx.step(`implement ${story.id}`, () => storyFiles(story, ground));
  const lines = generated.lines.map(({ id, open }) => ({ id, open: [...open] }));
  if (!ctx.model.writes || lines.every(({ open }) => open.length === 0)) return { files: generated.files, lines };
  const text = ({ path, text }: SourceFile) => ({ path, text });
  const drafted = await ctx.step(`draft SourceCode: story ${story.id}`, () =>
    ctx.model.draft({
      artifact: 'SourceCode',
      schema: z.strictObject({
        files: writtenFiles,
        lines: z
          .array(
            z.strictObject({
              id: z.enum(lines.map(({ id }) => id)).describe('the acceptance line'),
              open: z.array(z.string().max(300)).max(20).describe('what of the line is not built, in its own words'),
            }),
          )
          .describe('one for each acceptance line'),
      }),
      instructions:
        `Implement story ${story.id} on the service of the notes: rules in src/stories/${story.id}.ts and src/rules/, and ` +
        `in test/stories/${story.id}.test.ts a test for each acceptance line whose name starts with the line's id. ` +
        'Leave nothing open that the service can do; name what is left.',
      sources: ['UserStories', 'OpenAPI'],
      notes: [
        { label: 'the service', content: project.filter(({ path }) => GROUND_FILES.has(path)).map(text) },
        { label: `draft of ${story.id}`, content: { files: generated.files.map(text), lines } },
      ],
    }),
  );
  const place = new RegExp(
    `^(?:src/stories/${story.id}\\.ts|src/rules/[\\w-]+\\.ts|test/stories/${story.id}\\.test\\.ts)$`,
  );
  return {
    files: withChanges(generated.files, drafted.files, place, `story ${story.id}`),
    lines: lines.map((line) => drafted.lines.find(({ id }) => id === line.id) ?? line),
  };
}
