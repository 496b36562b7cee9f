// Which tool is tried when one fails: the primary, then allow-listed tools of its category in declared order, then the
// other allow-listed ones. The first that succeeds wins, and the ladder taken is recorded.

export interface ToolChoice {
  readonly name: string;
  readonly category: string;
}

/** @param allowed in declared order. A primary that is not allowed is not on the ladder. */
export function ladderOf(primary: string, allowed: readonly ToolChoice[]): string[] {
  const first = allowed.find(({ name }) => name === primary);
  const others = allowed.filter(({ name }) => name !== primary);
  const kin = others.filter(({ category }) => category === first?.category);
  const rest = others.filter(({ category }) => category !== first?.category);
  const names = [...(first === undefined ? [] : [first]), ...kin, ...rest].map(({ name }) => name);
  return [...new Set(names)];
}

export interface Rung {
  readonly tool: string;
  readonly outcome: 'succeeded' | 'failed';
  /** Error code when it failed. */
  readonly code?: string;
}

/** The tool to try next; null when one has succeeded or none is left. */
export function nextRung(ladder: readonly string[], taken: readonly Rung[]): string | null {
  if (taken.some(({ outcome }) => outcome === 'succeeded')) return null;
  return ladder.find((tool) => !taken.some((rung) => rung.tool === tool)) ?? null;
}
