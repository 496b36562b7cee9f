// The connector of a real world: tasks go to its services by fabric.call, with the machine's role.

import type { Fabric } from '../../service.ts';
import type { TaskConnector } from './connector.ts';
import { invokeByArn, invokeByParameters } from './lambda.ts';
import { callService } from './services.ts';

export function worldConnector(fabric: Fabric): TaskConnector {
  return (call) => {
    if (call.resource.kind === 'lambda') return invokeByArn(fabric, call);
    if (call.resource.service === 'lambda' && call.resource.operation === 'invoke') {
      return invokeByParameters(fabric, call);
    }
    return callService(fabric, call);
  };
}
