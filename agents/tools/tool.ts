// What every tool of the toolset is: a function of a project's folder and its input, that gives a figure with the raw report
// it was read from, or says why there is none.

import type { ToolInputs, ToolName, ToolValues } from '../sdk/tools.ts';

/** Where a tool works: all paths are absolute. */
export interface Place {
  /** The project. Its own code may write nowhere in it. */
  readonly workspace: string;
  /** A folder for what comes up on the way; the project's own code may write here. */
  readonly scratch: string;
  /** Where the toolset's packages are: the folder that holds `node_modules`. */
  readonly toolset: string;
  /** A shorter window than the one that is asked for, where a run is an example; what was watched says so. */
  readonly longestWindowSeconds: number;
  /** PATH, for finding what a machine may have: browsers, other versions of Node. */
  readonly path: string;
}

interface Report {
  readonly mediaType: string;
  readonly content: string;
}

export type Outcome<Value> =
  | {
      readonly value: Value;
      readonly report: Report /** What measured, beside the tool itself: a browser. */;
      readonly with?: string;
    }
  | { readonly unmeasured: string };

type ToolInput<Name extends ToolName> = Omit<ToolInputs[Name], 'workspace'>;

export type Tool<Name extends ToolName> = (place: Place, input: ToolInput<Name>) => Promise<Outcome<ToolValues[Name]>>;

export const json = (content: unknown): Report => ({
  mediaType: 'application/json',
  content: JSON.stringify(content, null, 1),
});
