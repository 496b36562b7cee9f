// Which fields a state may have, by type and query language, and which it must have.

import type { StateType } from '../definition/program.ts';

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End'];
const ERRORS = ['Retry', 'Catch'];
const PATHS = ['InputPath', 'OutputPath'];
const RESULT = ['Parameters', 'ResultPath'];
const MAP = [
  'ItemProcessor',
  'Iterator',
  'MaxConcurrency',
  'ItemReader',
  'ItemSelector',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Label',
];
const MAP_PATHS = ['ItemsPath', 'MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'];

const JSONPATH: Readonly<Record<StateType, readonly string[]>> = {
  Pass: [...FLOW, ...PATHS, ...RESULT, 'Result', 'Assign'],
  Task: [
    ...FLOW,
    ...PATHS,
    ...RESULT,
    ...ERRORS,
    'Resource',
    'ResultSelector',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
    'Credentials',
    'Assign',
  ],
  Choice: [...PATHS, 'Choices', 'Default', 'Assign'],
  Wait: [...FLOW, ...PATHS, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'Assign'],
  Succeed: [...PATHS],
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...FLOW, ...PATHS, ...RESULT, ...ERRORS, 'Branches', 'ResultSelector', 'Assign'],
  Map: [...FLOW, ...PATHS, ...RESULT, ...ERRORS, ...MAP, ...MAP_PATHS, 'ResultSelector', 'Assign'],
};

const JSONATA: Readonly<Record<StateType, readonly string[]>> = {
  Pass: [...FLOW, 'Output', 'Assign'],
  Task: [
    ...FLOW,
    ...ERRORS,
    'Resource',
    'Arguments',
    'Output',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Credentials',
    'Assign',
  ],
  Choice: ['Choices', 'Default', 'Output', 'Assign'],
  Wait: [...FLOW, 'Seconds', 'Timestamp', 'Output', 'Assign'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
  Parallel: [...FLOW, ...ERRORS, 'Branches', 'Arguments', 'Output', 'Assign'],
  Map: [...FLOW, ...ERRORS, ...MAP, 'Items', 'Output', 'Assign'],
};

export const STATE_TYPES = Object.keys(JSONPATH);

const ALL = new Set([...COMMON, ...Object.values(JSONPATH).flat(), ...Object.values(JSONATA).flat()]);

const sets = new Map<string, ReadonlySet<string>>();

/** Whether the state may have the field; `known` tells fields of other types or languages from unknown ones. */
export function allows(type: StateType, jsonata: boolean, field: string): boolean {
  const key = `${type}${jsonata}`;
  let set = sets.get(key);
  if (!set) {
    set = new Set([...COMMON, ...(jsonata ? JSONATA : JSONPATH)[type]]);
    sets.set(key, set);
  }
  return set.has(field);
}

export const isKnown = (field: string): boolean => ALL.has(field);

/** Fields that must be there; a list within is a choice of one. */
export const REQUIRED: Readonly<Record<StateType, readonly string[]>> = {
  Pass: [],
  Task: ['Resource'],
  Choice: ['Choices'],
  Wait: [],
  Succeed: [],
  Fail: [],
  Parallel: ['Branches'],
  Map: [],
};

export const ENDS = new Set<string>(['Succeed', 'Fail', 'Choice']);
