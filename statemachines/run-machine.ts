// The run: open, the phases as laid out, close. The only machine that knows the pipeline.
// State data between phases is {runId, ok}. A branch never throws: a phase that fails or is not handed on ends its branch
// with ok: false, its siblings go on with what was paid for, and the join decides.

import type { Definition, Flow, State, States, Targets } from './asl.ts';
import { EXECUTION_SECONDS } from './bounds.ts';
import { invoke, nest } from './calls.ts';
import { type Layout, type Parallel, phasesOf, type Series } from './layout/tree.ts';
import { createNames, type Names } from './names.ts';

export function runMachine(targets: Targets, pipelineTitle: string, layout: Layout): Definition {
  const names = createNames(['Open', 'Close', 'Was it released', 'Released', 'Not released']);
  const phases = flowOf({ targets, names }, layout, { passed: 'Close', failed: 'Close' });
  return {
    Comment: pipelineTitle,
    TimeoutSeconds: EXECUTION_SECONDS.run,
    StartAt: 'Open',
    States: {
      Open: invoke(
        targets,
        'open',
        {
          'input.$': '$',
          'executionArn.$': '$$.Execution.Id',
          'executionName.$': '$$.Execution.Name',
          'startedAt.$': '$$.Execution.StartTime',
        },
        { Next: phases.StartAt },
      ),
      ...phases.States,
      Close: invoke(
        targets,
        'close',
        { 'runId.$': '$.runId', 'executionArn.$': '$$.Execution.Id', cause: 'finished' },
        { Next: 'Was it released' },
      ),
      'Was it released': {
        Type: 'Choice',
        Choices: [{ Variable: '$.status', StringEquals: 'SUCCEEDED', Next: 'Released' }],
        Default: 'Not released',
      },
      Released: { Type: 'Succeed' },
      'Not released': { Type: 'Fail', Error: 'IdeaMine.RunFailed', CausePath: '$.cause' },
    },
  };
}

interface Writing {
  readonly targets: Targets;
  readonly names: Names;
}

/** The states a step leads to; the same one when it is the last of its branch. */
interface Exits {
  readonly passed: string;
  readonly failed: string;
}

function flowOf(writing: Writing, layout: Layout, exits: Exits): Flow {
  if (layout.kind === 'phase') return phaseFlow(writing, layout.id, exits);
  if (layout.kind === 'parallel') return parallelFlow(writing, layout, exits);
  return seriesFlow(writing, layout, exits);
}

function seriesFlow(writing: Writing, series: Series, exits: Exits): Flow {
  // From the last to the first, since a step must know the name of the next one.
  const none: Flow = { StartAt: exits.passed, States: {} };
  return series.steps.reduceRight((after, step) => {
    const flow = flowOf(writing, step, { passed: after.StartAt, failed: exits.failed });
    return { StartAt: flow.StartAt, States: { ...flow.States, ...after.States } };
  }, none);
}

function phaseFlow({ targets, names }: Writing, id: string, exits: Exits): Flow {
  const name = names.claim(id);
  const failed = names.claim(`${id} failed`);
  const states: Record<string, State> = {};
  const asked = exits.passed === exits.failed ? undefined : names.claim(`${id} handed on?`);
  states[name] = nest(
    targets,
    'phase',
    { 'runId.$': '$.runId', phase: id },
    {
      ResultSelector: { 'runId.$': '$.Output.runId', 'ok.$': '$.Output.ok' },
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: failed }],
      Next: asked ?? exits.passed,
    },
  );
  if (asked !== undefined) {
    states[asked] = {
      Type: 'Choice',
      Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: exits.passed }],
      Default: exits.failed,
    };
  }
  states[failed] = verdict(false, exits.failed);
  return { StartAt: name, States: states };
}

function parallelFlow(writing: Writing, parallel: Parallel, exits: Exits): Flow {
  const { names } = writing;
  const heads = parallel.branches.map((branch) => phasesOf(branch)[0] as string);
  const name = names.claim(heads.join(' + '));
  const asked = names.claim(`${name}: all handed on?`);
  const failed = names.claim(`${name}: not all`);
  const last = exits.passed === exits.failed;
  const passed = last ? names.claim(`${name}: all`) : exits.passed;
  const all = parallel.branches.map((_, index) => ({ Variable: `$.oks[${index}]`, BooleanEquals: true }));
  const states: Record<string, State> = {
    [name]: {
      Type: 'Parallel',
      Branches: parallel.branches.map((branch, index) => branchOf(writing, branch, heads[index] as string)),
      ResultSelector: { 'runId.$': '$[0].runId', 'oks.$': '$[*].ok' },
      Next: asked,
    },
    [asked]: { Type: 'Choice', Choices: [{ And: all, Next: passed }], Default: failed },
    [failed]: verdict(false, exits.failed),
  };
  if (last) states[passed] = verdict(true, exits.passed);
  return { StartAt: name, States: states };
}

function branchOf(writing: Writing, layout: Layout, head: string): Flow {
  const end = writing.names.claim(`end of ${head}`);
  const { StartAt, States } = flowOf(writing, layout, { passed: end, failed: end });
  const ending: States = { [end]: { Type: 'Succeed' } };
  return { StartAt, States: { ...States, ...ending } };
}

function verdict(ok: boolean, next: string): State {
  return { Type: 'Pass', Parameters: { 'runId.$': '$.runId', ok }, Next: next };
}
