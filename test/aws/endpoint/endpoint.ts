// An AWS-compatible endpoint that a test run has to itself.

export interface Endpoint {
  readonly name: string;
  readonly url: string;
  /** What it lacks or cannot do, as settings of the app that leave the part out. */
  readonly context: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** This machine or its network cannot provide an endpoint; nothing of ours is wrong. */
export class NoEndpoint extends Error {}

/** Starts that are still under way when the time is up are failures. @throws NoEndpoint */
export async function untilReady(url: string, withinMs: number, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (!alive()) throw new NoEndpoint(`the endpoint at ${url} ended before it was ready`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new NoEndpoint(`the endpoint at ${url} was not ready within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
