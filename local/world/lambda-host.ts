// What an environment of the Lambda service gets from the world: its clock, its own randomness, calls in the name of its role.

import type { WorldClock } from '../clock.ts';
import type { HostFactory } from '../lambda/pool.ts';
import type { SandboxRandomness } from '../lambda/sandbox/host.ts';
import { loadReal } from '../lambda/sandbox/modules.ts';
import { bindSdk } from '../sdk/sdk.ts';
import type { CallContext } from '../service.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Loop } from './loop.ts';
import type { TimerHeap } from './timer-heap.ts';

export interface LambdaHostParts {
  readonly clock: WorldClock;
  readonly timers: TimerHeap;
  readonly loop: Loop;
  readonly dispatcher: Dispatcher;
  /** Randomness of its own for the environment of this number. */
  readonly randomness: (number: number) => SandboxRandomness;
  readonly requestId: () => string;
  /** How far an environment's clock is off, ms. */
  readonly skewMs: (environment: string) => number;
  readonly modules: Readonly<Record<string, unknown>>;
  /** Further environment variables by function name. */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

export function lambdaHosts(parts: LambdaHostParts): HostFactory {
  let made = 0;
  return (configuration, environment, died) => {
    const context: CallContext = {
      environment,
      ...(configuration.role === undefined ? {} : { principal: configuration.role }),
    };
    const random = parts.randomness(++made);
    const skew = parts.skewMs(environment);
    return {
      virtual: parts.clock.virtual,
      now: () => parts.clock.now() + skew,
      random,
      setTimer: (at, work) => parts.timers.setOutside(at - skew, work),
      call: (service, operation, input) => parts.dispatcher.outside(service, operation, input, context),
      bind: (moduleName, { call, sleep }) =>
        bindSdk(moduleName, loadReal, {
          call,
          sleep,
          random: () => random.next(),
          hold: () => parts.loop.hold(),
          requestId: parts.requestId,
        }),
      modules: parts.modules,
      variables: parts.variables[configuration.name] ?? {},
      log: parts.log,
      died,
    };
  };
}
