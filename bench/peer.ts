// aws-local-stepfunctions as the peer: same definitions, same inputs. It keeps no AWS history and nothing on disk.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Measured } from './definitions.ts';

const manifest = join(import.meta.dirname, '..', 'node_modules', 'aws-local-stepfunctions', 'package.json');
export const PEER = `aws-local-stepfunctions ${JSON.parse(readFileSync(manifest, 'utf8')).version}`;

/** @throws its own error when it does not support the definition. */
export function peerRunner(measured: Measured): () => Promise<void> {
  const machine = new StateMachine(measured.definition as ConstructorParameters<typeof StateMachine>[0]);
  return async () => {
    await machine.run(measured.input as Parameters<typeof machine.run>[0]).result;
  };
}
