import type { Invariant } from './invariant.ts';

export const nestedExecutionsEnd: Invariant = {
  id: 'nested-executions-end',
  says: 'no execution, at any depth, outlives its run',
  atEnd: (end) => [...end.executions].filter(([, status]) => status === 'RUNNING').map(([arn]) => `${arn} is RUNNING`),
};
