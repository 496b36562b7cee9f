// The one way to a service. `inside` is a call made within a turn by another service; `outside` is a call made by a handler
// or a caller of the world: it is done at once in the open turn, and answered after the commit.

import type { CallDescription, Faults, InnerFault } from '../faults.ts';
import { AwsError, type CallContext, type Service, type Timers } from '../service.ts';
import type { TurnQueue } from './turn-queue.ts';

/** Throws AwsError AccessDeniedException (or the service's own name for it) when the principal may not. */
type Authorize = (service: string, operation: string, input: object, context: CallContext) => void;

export interface DispatcherParts {
  readonly turns: TurnQueue;
  readonly timers: Timers;
  readonly now: () => number;
  readonly authorize: Authorize;
  readonly faults: Faults | undefined;
  readonly kill: (environment: string, reason: string | undefined) => void;
  readonly pause: (environment: string, ms: number) => void;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

export class Dispatcher {
  readonly #services = new Map<string, Service>();
  readonly #parts: DispatcherParts;
  #sequence = 0;
  #closed = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  add(service: Service): void {
    this.#services.set(service.name, service);
  }

  get services(): IterableIterator<Service> {
    return this.#services.values();
  }

  /** @throws AwsError UnknownOperationException naming what is not offered; AccessDenied; whatever the operation throws. */
  inside(service: string, operation: string, input: object, context: CallContext): unknown {
    const target = this.#services.get(service);
    if (!target) throw new AwsError('UnknownOperationException', `the service ${service} is not offered here`);
    const perform = Object.hasOwn(target.operations, operation) ? target.operations[operation] : undefined;
    if (!perform) throw new AwsError('UnknownOperationException', `${service}.${operation} is not offered here`);
    if (context.principal !== undefined) this.#parts.authorize(service, operation, input, context);
    return perform(input, context);
  }

  /** A call of one service by another, which the injector may harm. */
  among(service: string, operation: string, input: object, context: CallContext): unknown {
    const { faults, now } = this.#parts;
    const fault = faults?.inside?.({ ...context, service, operation, at: now(), input });
    if (fault === undefined) return this.inside(service, operation, input, context);
    this.#parts.log({ kind: 'fault', fault: fault.kind, service, operation });
    return this.#harmedInside(fault, service, operation, input, context);
  }

  #harmedInside(fault: InnerFault, service: string, operation: string, input: object, context: CallContext): unknown {
    switch (fault.kind) {
      case 'refuse':
        throw fault.error;
      case 'after':
        this.inside(service, operation, input, context);
        throw fault.error;
      case 'duplicate': {
        const first = this.inside(service, operation, input, context);
        this.inside(service, operation, input, context);
        return first;
      }
      case 'rewrite':
        return this.inside(service, operation, fault.input, context);
      case 'late':
        if (Number.isFinite(fault.ms))
          this.#parts.timers.set(this.#parts.now() + fault.ms, () => {
            try {
              this.inside(service, operation, input, context);
            } catch (error) {
              if (!(error instanceof AwsError)) throw error;
            }
          });
        return fault.reply;
    }
  }

  /** Refuses calls from outside from now on. */
  close(): void {
    this.#closed = true;
  }

  outside(service: string, operation: string, input: object, context: CallContext): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error('the world is closed'));
    const { faults } = this.#parts;
    if (faults) {
      const call = { ...context, service, operation, sequence: ++this.#sequence, at: this.#parts.now(), input };
      const fault = faults.draw(call);
      if (fault) return this.#harmed(call, fault, input, context);
    }
    return this.#perform(service, operation, input, context);
  }

  #perform(service: string, operation: string, input: object, context: CallContext): Promise<unknown> {
    const { turns } = this.#parts;
    return new Promise((resolve, reject) => {
      try {
        const result = turns.atomically(() => this.inside(service, operation, input, context));
        turns.afterCommit(() => resolve(result));
      } catch (thrown) {
        const error = this.#asAwsError(thrown, service, operation);
        if (turns.broken) reject(error);
        else turns.afterCommit(() => reject(error));
      }
    });
  }

  #asAwsError(thrown: unknown, service: string, operation: string): Error {
    if (thrown instanceof AwsError) return thrown;
    if (this.#parts.turns.broken) return thrown as Error;
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    this.#parts.log({ level: 'error', kind: 'service-fault', service, operation, stack });
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new AwsError('InternalServerError', `${service}.${operation}: ${message}`, 500);
  }

  async #harmed(
    call: CallDescription,
    fault: NonNullable<ReturnType<Faults['draw']>>,
    input: object,
    context: CallContext,
  ): Promise<unknown> {
    const { service, operation } = call;
    const perform = () => this.#perform(service, operation, input, context);
    this.#parts.log({ kind: 'fault', fault: fault.kind, service, operation, call: call.sequence });
    switch (fault.kind) {
      case 'before':
        throw fault.error;
      case 'after':
        await perform();
        throw fault.error;
      case 'lost-reply':
        await perform();
        await this.#sleep(fault.afterMs);
        throw Object.assign(new Error('the connection was lost before the reply'), { name: 'TimeoutError' });
      case 'duplicate': {
        const [first] = await Promise.allSettled([perform(), perform()]);
        if (first.status === 'rejected') throw first.reason;
        return first.value;
      }
      case 'retried':
        await perform().catch(() => {});
        return perform();
      case 'delay':
        await this.#sleep(fault.ms);
        return perform();
      case 'kill': {
        if (call.environment === undefined) return perform();
        if (fault.when === 'after') await perform().catch(() => {});
        this.#parts.kill(call.environment, fault.reason);
        return new Promise(() => {});
      }
      case 'pause': {
        const reply = perform();
        if (call.environment !== undefined) this.#parts.pause(call.environment, fault.ms);
        return reply;
      }
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.timers.set(this.#parts.now() + ms, () => this.#parts.turns.afterCommit(resolve));
    });
  }
}
