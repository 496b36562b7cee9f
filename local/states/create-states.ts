// Step Functions as a service of the world: the API over the engine, on the world's store, clock and services.

import type { Fabric, Service } from '../service.ts';
import { activityOperations } from './api/activities.ts';
import { aliasOperations } from './api/aliases.ts';
import { callbackOperations } from './api/callbacks.ts';
import { executionOperations } from './api/executions.ts';
import { compileText, type Host } from './api/host.ts';
import { machineOperations } from './api/machines.ts';
import { redriveOperations } from './api/redrive.ts';
import { Resources } from './api/resources.ts';
import { shaped } from './api/shapes.ts';
import { syncOperations } from './api/sync.ts';
import { tagOperations } from './api/tags.ts';
import { validationOperations } from './api/validation.ts';
import { versionOperations } from './api/versions.ts';
import { Engine } from './engine/engine.ts';
import { recover } from './engine/recover.ts';
import { MOVES, resume } from './engine/step.ts';
import { Store } from './engine/store.ts';
import { readToken } from './engine/token.ts';
import { runtime } from './failure.ts';
import { worldConnector } from './tasks/connect.ts';
import type { TaskConnector } from './tasks/connector.ts';
import { testStateOperations } from './test-state/test-state.ts';

export interface StatesOptions {
  /** Replaces the calls of Task states to the world's services. */
  readonly connect?: TaskConnector;
}

export interface States extends Service {
  /** ARN of the state machine whose open execution waits with this token; undefined when none does. */
  machineOfToken(token: string): string | undefined;
}

/** @returns the service `SFN` */
export function createStates(fabric: Fabric, options: StatesOptions = {}): States {
  const engine = new Engine(
    fabric,
    new Store(fabric.db),
    options.connect ?? worldConnector(fabric),
    MOVES,
    compileText,
  );
  const host: Host = { fabric, engine, resources: new Resources(engine.store) };
  engine.requireActivity = (arn) => {
    if (!host.resources.activities.get(arn)) throw runtime(`The activity ${arn} does not exist.`);
  };
  return {
    name: 'SFN',
    operations: shaped({
      ...machineOperations(host),
      ...versionOperations(host),
      ...executionOperations(host),
      ...validationOperations(),
      ...testStateOperations(host),
      ...aliasOperations(host),
      ...tagOperations(host),
      ...redriveOperations(host),
      ...callbackOperations(host),
      ...activityOperations(host),
      ...syncOperations(host),
    }),
    machineOfToken(token) {
      const parts = readToken(token);
      return parts && engine.openById.get(parts.execution)?.facts.machineArn;
    },
    boot() {
      recover(engine, (execution, strand) => engine.guarded(execution, () => resume(engine, execution, strand)));
    },
  };
}
