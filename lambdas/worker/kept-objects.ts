// What the bucket holds under the hash of its content never changes, so an environment reads it once: a task that goes on in
// many invocations has the same inputs in each. The few used last are kept.

/** Objects kept for the life of the environment. */
const KEPT = 64;

export type Keep = <T>(sha256: string, load: () => Promise<T>) => Promise<T>;

/** A load that fails is not kept. */
export function keepObjects(): Keep {
  const kept = new Map<string, Promise<unknown>>();
  return <T>(sha256: string, load: () => Promise<T>): Promise<T> => {
    const known = kept.get(sha256);
    kept.delete(sha256);
    const oldest = kept.keys().next().value;
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    const loading = known ?? load();
    kept.set(sha256, loading);
    if (known === undefined) loading.catch(() => kept.delete(sha256));
    return loading as Promise<T>;
  };
}
