// What Step Functions itself asks of a task's parameters before it calls the service.

import type { Resource } from '../definition/program.ts';
import { runtime } from '../failure.ts';
import { type Doc, isObject, type Json, jsonOf, textOf } from '../json.ts';

const listsOfTexts = (value: Json) =>
  isObject(value) &&
  Object.values(value).every((list) => Array.isArray(list) && list.every((item) => typeof item === 'string'));

/** Fields with a format of their own, by service and operation. */
const FORMATS: Readonly<Record<string, Readonly<Record<string, (value: Json) => boolean>>>> = {
  'apigateway:invoke': { Headers: listsOfTexts, QueryParameters: listsOfTexts },
};

/** @throws StateFailure States.Runtime */
export function checkParameters(resource: Resource, parameters: Doc): void {
  const value = jsonOf(parameters);
  const problems: string[] = [];
  if (!isObject(value)) problems.push('The value is not an object');
  else {
    for (const [field, accepts] of Object.entries(FORMATS[`${resource.service}:${resource.operation}`] ?? {})) {
      const given = value[field];
      if (given !== undefined && !accepts(given))
        problems.push(`The value of the field '${field}' has an invalid format`);
    }
  }
  if (problems.length > 0) {
    throw runtime(
      `The Parameters '${textOf(parameters)}' could not be used to start the Task: [${problems.join(', ')}]`,
    );
  }
}
