// Every kind of fault, by its id.

import { dataFaults } from './data.ts';
import { functionFaults } from './functions.ts';
import type { FaultKind } from './kind.ts';
import { messageFaults } from './messages.ts';

const model = (id: string, share: number): FaultKind => ({ id, at: 'model', most: 1, share });

const modelFaults: readonly FaultKind[] = [
  model('model-429', 0.2),
  model('model-529', 0.2),
  model('model-truncated', 0.1),
  model('model-malformed', 0.1),
  model('model-refusal', 0.1),
  model('model-loop', 0.03),
  model('model-slow', 0.05),
];

const operator = (id: string, most: number): FaultKind => ({ id, at: 'operator', most });

const operatorFaults: readonly FaultKind[] = [
  operator('deployed-mid-run', 20),
  operator('pushed-mid-run', 20),
  operator('stopped-while-running', 25),
  operator('malformed-message', 15),
  operator('foreign-message', 15),
  operator('dead-letter-replayed', 25),
  operator('redriven', 1),
  operator('resumed', 1),
];

export const faultKinds: ReadonlyMap<string, FaultKind> = new Map(
  [...dataFaults, ...functionFaults, ...messageFaults, ...modelFaults, ...operatorFaults].map((kind) => [
    kind.id,
    kind,
  ]),
);
