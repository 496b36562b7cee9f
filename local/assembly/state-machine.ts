// A state machine's definition as one text, wherever the template keeps it: inline, as an object, or as an asset.

import { readFileSync } from 'node:fs';
import type { Properties } from './template.ts';

/** Properties with DefinitionString set and DefinitionSubstitutions applied. */
export function physicalState(
  logicalId: string,
  properties: Properties,
  assets: ReadonlyMap<string, string>,
): Properties {
  const { Definition, DefinitionS3Location, DefinitionSubstitutions, ...rest } = properties as {
    DefinitionString?: string;
    Definition?: object;
    DefinitionS3Location?: { Key: string };
    DefinitionSubstitutions?: Record<string, unknown>;
  };
  let text = rest.DefinitionString;
  if (Definition !== undefined) text = JSON.stringify(Definition);
  if (DefinitionS3Location !== undefined) {
    const path = assets.get(DefinitionS3Location.Key);
    if (path === undefined) throw new Error(`${logicalId}: no asset with key ${DefinitionS3Location.Key}`);
    text = readFileSync(path, 'utf8');
  }
  if (text === undefined) throw new Error(`${logicalId} (AWS::StepFunctions::StateMachine) has no definition`);
  for (const [name, value] of Object.entries(DefinitionSubstitutions ?? {}))
    text = text.replaceAll(`\${${name}}`, String(value));
  return { ...rest, DefinitionString: text };
}
