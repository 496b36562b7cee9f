// Every file of the generated project, in path order: the same files the build agents write part by part.

import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceCode, SourceFile } from '../../core/artifacts/source-code.ts';
import { backendFiles } from './backend.ts';
import { databaseFiles } from './database.ts';
import { frontendFiles } from './frontend.ts';
import { integrationFiles } from './integration.ts';
import { testFiles } from './tests.ts';

export function projectFiles(model: DataModel, api: OpenAPI): SourceFile[] {
  return inPathOrder([
    ...frontendFiles(model),
    ...backendFiles(model, api),
    ...databaseFiles(model),
    ...integrationFiles(api),
    ...testFiles(model, api),
  ]);
}

/** The files of all parts of a SourceCode. */
export function sourceFiles({ parts }: SourceCode): SourceFile[] {
  return inPathOrder(Object.values(parts).flatMap(({ files }) => files));
}

function inPathOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
