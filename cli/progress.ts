// Shows a run while it runs: a frame that redraws on a terminal, a line per change elsewhere, nothing with --json.

import logUpdate from 'log-update';
import type { Pipeline } from '../core/pipeline/model.ts';
import { type FrameOptions, frame, phaseNews } from './frame.ts';
import type { Snapshot } from './snapshot.ts';

export interface Progress {
  show(snapshot: Snapshot, now: number): void;
  /** Leaves the last frame standing. */
  done(): void;
}

export function createProgress(pipeline: Pipeline, quiet: boolean): Progress {
  if (quiet) return { show() {}, done() {} };
  return process.stdout.isTTY ? redrawing(pipeline) : lineByLine(pipeline);
}

function redrawing(pipeline: Pipeline): Progress {
  const colour = process.env.NO_COLOR === undefined;
  return {
    show: (snapshot, now) => logUpdate(frame(snapshot, { pipeline, now, colour })),
    done: () => logUpdate.done(),
  };
}

function lineByLine(pipeline: Pipeline): Progress {
  const said = new Map<string, string>();
  return {
    show(snapshot, now) {
      const options: FrameOptions = { pipeline, now, colour: false };
      for (const phase of snapshot.phases) {
        const state = `${phase.status} ${phase.attempt}`;
        if (said.get(phase.phase) === state) continue;
        said.set(phase.phase, state);
        process.stdout.write(`${phaseNews(phase, snapshot.tasks, options)}\n`);
      }
    },
    done() {},
  };
}
