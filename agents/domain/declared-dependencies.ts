// What the manifest of the project declares that it depends on.

import type { SourceCode } from '../../core/artifacts/source-code.ts';
import { BadInput } from '../../core/errors.ts';
import { sourceFiles } from '../generator/project.ts';

export interface DeclaredDependency {
  readonly name: string;
  /** Version range as declared. */
  readonly range: string;
  /** Whether it is needed at run time. */
  readonly isRuntime: boolean;
}

/** By name. @throws BadInput when there is no package.json or it is not JSON. */
export function declaredDependencies(code: SourceCode): DeclaredDependency[] {
  const file = sourceFiles(code).find(({ path }) => path === 'package.json');
  if (file === undefined) throw new BadInput('SourceCode: expected a package.json, found none');
  const manifest = parse(file.text);
  const of = (list: Record<string, string> | undefined, isRuntime: boolean) =>
    Object.entries(list ?? {}).map(([name, range]) => ({ name, range, isRuntime }));
  return [...of(manifest.dependencies, true), ...of(manifest.devDependencies, false)].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function parse(text: string): { dependencies?: Record<string, string>; devDependencies?: Record<string, string> } {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadInput('SourceCode: package.json: expected JSON, found something else', { cause });
  }
}
