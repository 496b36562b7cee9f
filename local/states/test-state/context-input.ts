// The context object a caller of TestState gives.

import { validation } from '../api/errors.ts';
import type { State } from '../definition/program.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Name', 'RoleArn', 'StartTime', 'RedriveTime'],
  State: ['EnteredTime', 'Name'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
};
const NUMBERS: Readonly<Record<string, readonly string[]>> = { Execution: ['RedriveCount'], State: ['RetryCount'] };
const ANY: Readonly<Record<string, readonly string[]>> = { Execution: ['Input'] };

function refuse(why: string): never {
  throw validation(`Invalid Context object provided: ${why}`);
}

/** @throws ValidationException */
export function parseContext(text: string, state: State): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return refuse('Context object must be valid JSON');
  }
  if (!isObject(value)) return refuse('Context object must be a JSON object');
  for (const [part, members] of Object.entries(value)) {
    if (part === 'Map') continue;
    if (!Object.hasOwn(TEXTS, part)) refuse(`Field '${part}' is not allowed`);
    if (!isObject(members)) refuse(`${part} must be an object`);
    for (const [name, member] of Object.entries(members)) {
      if (TEXTS[part]?.includes(name)) {
        if (typeof member !== 'string') refuse(`${part}.${name} must be a string`);
      } else if (NUMBERS[part]?.includes(name)) {
        if (typeof member !== 'number') refuse(`${part}.${name} must be a number`);
      } else if (!ANY[part]?.includes(name)) refuse(`Field '${name}' is not allowed`);
    }
  }
  const callback = state.type === 'Task' && state.resource.pattern !== 'requestResponse';
  if (value.Task !== undefined && !callback) {
    refuse(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
  if (value.Map !== undefined && state.type !== 'Map') {
    refuse("Context object contains 'Map' when state is not a Map state");
  }
  return value;
}
