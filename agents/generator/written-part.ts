// The files of one part of the project. Without a model that writes, the generator's. With one, the model is shown what the
// generator would write and may change it: files of its part only, and none that another part stands on by name.

import { z } from 'zod';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { AgentContext } from '../sdk/context.ts';

type Part = 'frontend' | 'backend' | 'database' | 'integration' | 'test';

/** Where the files of a part may lie. */
const PLACES: Readonly<Record<Part, RegExp>> = {
  frontend: /^public\/[\w./-]+$/,
  backend: /^src\/(?!(?:http|server|stories|store|rules)\b)[\w./-]+\.ts$/,
  database: /^src\/(?:schema\.sql|store(?:\/[\w.-]+)?\.ts)$/,
  integration: /^(?:src\/(?:http|server|stories)\.ts|[\w.-]+)$/,
  test: /^test\/[\w./-]+\.ts$/,
};
const MOST_FILES = 60;
const MOST_CHARACTERS = 60_000;

/** Files as a model answers with them. */
export const writtenFiles = z
  .array(
    z.strictObject({
      path: z.string().max(200).describe('path from the root of the project'),
      text: z.string().max(MOST_CHARACTERS).describe('the whole content of the file'),
    }),
  )
  .max(MOST_FILES)
  .describe('files to add or to replace; a file left out stays as it is');

/** @throws IdeaMineError `IdeaMine.Schema` when the model writes outside of its part. */
export async function writtenPart(ctx: AgentContext, part: Part, generate: () => SourceFile[]): Promise<SourceFile[]> {
  const generated = await ctx.step(`write the ${part} part`, generate);
  if (!ctx.model.writes) return generated;
  const { files } = await ctx.step(`draft SourceCode: the ${part} part`, () =>
    ctx.model.draft({
      artifact: 'SourceCode',
      schema: z.strictObject({ files: writtenFiles }),
      instructions:
        `Write the ${part} part of a small TypeScript service for Node 24 without dependencies. The notes hold a working ` +
        `draft of it: keep the names its files export, since other parts import them, and improve what the stories ask for.`,
      sources: ['UserStories', 'DataModel', 'OpenAPI'],
      notes: [{ label: `draft of the ${part} part`, content: generated.map(({ path, text }) => ({ path, text })) }],
    }),
  );
  return withChanges(generated, files, PLACES[part], `the ${part} part`);
}

/** @throws IdeaMineError `IdeaMine.Schema` for a file that lies elsewhere. */
export function withChanges(
  generated: readonly SourceFile[],
  files: z.infer<typeof writtenFiles>,
  place: RegExp,
  owner: string,
): SourceFile[] {
  const changed = new Map(generated.map((file) => [file.path, file]));
  for (const { path, text } of files) {
    if (!place.test(path) || path.split('/').includes('..')) {
      throw new IdeaMineError('IdeaMine.Schema', `draft of SourceCode: ${path} is no file of ${owner}`, {
        retryable: true,
      });
    }
    changed.set(path, { path, text, serves: changed.get(path)?.serves ?? [] });
  }
  return [...changed.values()];
}
