// The order in which completed effects are undone when a later gate fails for good: the last one first.

export interface CompletedEffect {
  readonly key: string;
  /** Order of completion; unique in a run. */
  readonly seq: number;
  readonly undoable: boolean;
  readonly undone: boolean;
}

/** Those still to undo, in order. What has no undo is left, for the report to name. */
export function undoOrder(effects: readonly CompletedEffect[]): CompletedEffect[] {
  return effects.filter(({ undoable, undone }) => undoable && !undone).sort((a, b) => b.seq - a.seq);
}

export const notUndoable = (effects: readonly CompletedEffect[]): CompletedEffect[] =>
  effects.filter(({ undoable, undone }) => !undoable && !undone);
