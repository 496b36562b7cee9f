// Every file of the generated project, in path order: the same files the build agents write part by part.

import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceCode, SourceFile } from '../../core/artifacts/source-code.ts';
import { backendFiles } from './backend.ts';
import { blueprint } from './blueprint.ts';
import { databaseFiles } from './database.ts';
import { frontendFiles } from './frontend.ts';
import { integrationFiles } from './integration.ts';
import { testFiles } from './tests.ts';

export function projectFiles(model: DataModel, api: OpenAPI): SourceFile[] {
  const plan = blueprint(model, api);
  return inPathOrder([
    ...frontendFiles(plan),
    ...backendFiles(plan),
    ...databaseFiles(plan),
    ...integrationFiles(plan, api),
    ...testFiles(plan),
  ]);
}

/** The files of all parts of a SourceCode. */
export function sourceFiles({ parts }: SourceCode): SourceFile[] {
  return inPathOrder(Object.values(parts).flatMap(({ files }) => files));
}

export function inPathOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
