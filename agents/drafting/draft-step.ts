// One memoised draft: a section of an artifact, asked for once however often the task is resumed.

import type { z } from 'zod';
import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import type { AgentContext, SourceRef } from '../sdk/context.ts';

export interface Section<T> {
  readonly artifact: ArtifactType;
  /** The fields wanted; their descriptions are what is asked for. */
  readonly fields: z.ZodType<T>;
  /** What this section is about, in a few words. */
  readonly about: string;
  readonly sources: readonly SourceRef[];
  /** Tells apart several drafts of one section, such as one for each story. */
  readonly key?: string;
}

/** Runs as the step `draft <artifact>: <about> <key>`. */
export function draftStep<T>(ctx: AgentContext, section: Section<T>): Promise<T> {
  const name = ['draft', `${section.artifact}:`, section.about, section.key]
    .filter((part) => part !== undefined)
    .join(' ');
  return ctx.step(name, () =>
    ctx.model.draft({
      artifact: section.artifact,
      schema: section.fields,
      instructions: section.about,
      sources: section.sources,
    }),
  );
}

/** The artifacts that steps of these names drafted, each once. */
export function draftedIn(steps: readonly string[]): string[] {
  return [...new Set(steps.flatMap((name) => /^draft (\w+):/.exec(name)?.[1] ?? []))];
}
