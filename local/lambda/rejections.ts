// A promise that a handler leaves rejected ends its environment, as on Lambda, and nothing else. Whose promise it was is known from the
// asynchronous context the handler's code runs in.

import { AsyncLocalStorage } from 'node:async_hooks';

export interface RejectionOwner {
  rejected(reason: unknown): void;
}

const running = new AsyncLocalStorage<RejectionOwner>();
let watching = 0;

/** Runs code of a handler as its environment's. */
export function runAs(owner: RejectionOwner, work: () => void): void {
  running.run(owner, work);
}

/** Watches until the returned function is called. Rejections of nobody's environment stay fatal for the process. */
export function watchRejections(): () => void {
  if (watching++ === 0) process.on('unhandledRejection', onRejection);
  let active = true;
  return () => {
    if (active && --watching === 0) process.off('unhandledRejection', onRejection);
    active = false;
  };
}

function onRejection(reason: unknown): void {
  const owner = running.getStore();
  if (!owner) throw reason;
  owner.rejected(reason);
}
