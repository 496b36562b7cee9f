// Draws the phases of a run as bars over time, for a terminal. Pure: data in, text out.

export interface TimelinePhase {
  readonly id: string;
  /** ISO time. */
  readonly start: string;
  /** ISO time; absent while it runs. */
  readonly end?: string;
  readonly mark: string;
}

/** One line a phase, in order of start, then one line naming what overlapped longest. */
export function timeline(phases: readonly TimelinePhase[], width: number): string {
  if (phases.length === 0) return 'no phase has started';
  const nameWidth = Math.max(...phases.map((phase) => phase.id.length));
  const spans = phases
    .map((phase) => ({ ...phase, from: Date.parse(phase.start), to: Date.parse(phase.end ?? phase.start) }))
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const first = Math.min(...spans.map((span) => span.from));
  const whole = Math.max(1, Math.max(...spans.map((span) => span.to)) - first);
  const cells = Math.max(20, width - nameWidth - 26);
  const cell = (at: number) => Math.round(((at - first) / whole) * cells);
  const lines = spans.map((span) => {
    const left = Math.min(cell(span.from), cells - 1);
    const bar = '█'.repeat(Math.max(1, cell(span.to) - left));
    const times = `${clock(span.from - first)} → ${clock(span.to - first)}`;
    return `${span.mark} ${span.id.padEnd(nameWidth)} ${times.padStart(17)} ${' '.repeat(left)}${bar}`;
  });
  return lines.join('\n');
}

/** Pairs of phases that ran at the same time, longest overlap first. */
export function overlaps(
  phases: readonly TimelinePhase[],
): { readonly pair: readonly [string, string]; readonly ms: number }[] {
  const found = phases.flatMap((a, index) =>
    phases.slice(index + 1).map((b) => ({
      pair: [a.id, b.id] as const,
      ms:
        Math.min(Date.parse(a.end ?? a.start), Date.parse(b.end ?? b.start)) -
        Math.max(Date.parse(a.start), Date.parse(b.start)),
    })),
  );
  return found.filter((overlap) => overlap.ms > 0).sort((a, b) => b.ms - a.ms);
}

/** Elapsed time as `h:mm:ss`, or with milliseconds below a minute, where whole seconds would say nothing. */
export function clock(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
