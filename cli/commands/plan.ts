// `ideamine plan`: what a pipeline comes to before it runs: its graph as the run machine lays it out, how long, how dear.

import type { Command } from 'commander';
import { phaseGraph } from '../../core/graph/phase-graph.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { type PipelinePlan, planPipeline } from '../../core/pipeline/plan.ts';
import { type LayoutResult, layOut } from '../../statemachines/layout/lay-out.ts';
import type { Layout } from '../../statemachines/layout/tree.ts';
import { writeUserFile } from '../files.ts';
import { graphPicture } from '../graph-picture.ts';
import { usd } from '../money.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../pipeline-file.ts';

interface Options {
  readonly json?: boolean;
  readonly svg?: string;
}

export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('show how a pipeline will run: order, critical path, expected time, worst-case cost')
    .argument('[file]', 'pipeline file', BUILT_IN_PIPELINE)
    .option('--svg <file>', 'also draw the graph of phases into an SVG file')
    .option('--json', 'print one JSON object')
    .action(showPlan);
}

function showPlan(file: string, options: Options): void {
  const { pipeline } = loadPipelineFile(file);
  const plan = planPipeline(pipeline);
  const layout = layOut(phaseGraph(pipeline.phases), durationsOf(pipeline));
  if (options.svg !== undefined) writeUserFile(options.svg, graphPicture(pipeline));
  process.stdout.write(options.json ? `${JSON.stringify({ ...plan, layout })}\n` : `${text(plan, layout)}\n`);
}

function durationsOf(pipeline: Pipeline): (id: string) => number {
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  return (id) => minutes.get(id) ?? 0;
}

function text(plan: PipelinePlan, result: LayoutResult): string {
  const idWidth = Math.max(...plan.phases.map((phase) => phase.id.length));
  const rows = plan.phases.map((phase) =>
    [
      `  ${phase.id.padEnd(idWidth)}`,
      `${phase.startMinute}-${phase.endMinute} min`.padStart(12),
      phase.slackMinutes === 0 ? 'critical ' : `${phase.slackMinutes} slack`.padEnd(9),
      `${phase.agents.length} agents`.padStart(9),
      `${phase.tries} tries`,
      usd(phase.budget.usdMicros).padStart(10),
      `at worst ${phase.paidCalls.perCall} paid calls for each call an agent makes`,
    ].join('  '),
  );
  const added = result.makespan - result.criticalPath;
  const barriers = result.barriers.map(
    ({ before, after, lengthens }) =>
      `  ${after.join(', ')} also wait${after.length === 1 ? 's' : ''} for ${before.join(', ')} (${lengthens} min longer)`,
  );
  const gain = Math.round((1 - plan.criticalPath.minutes / plan.sequenceMinutes) * 1000) / 10;
  return [
    `${plan.title} (${plan.name})`,
    '',
    ...rows,
    '',
    'as the run machine lays it out:',
    ...tree(result.layout, '  '),
    ...(barriers.length > 0 ? ['', 'barriers, since the graph is not series-parallel:', ...barriers] : []),
    '',
    `critical path      ${plan.criticalPath.minutes} min: ${plan.criticalPath.phases.join(' → ')}`,
    `expected makespan  ${result.makespan} min (${added} min of it for barriers)`,
    `one after another  ${plan.sequenceMinutes} min; running side by side saves ${gain} %`,
    `level by level     ${plan.levelsMinutes} min`,
    `at worst           ${plan.longestMinutes} min when every gate needs all its tries`,
    `budget             ${usd(plan.totals.usdMicros)}, ${plan.totals.tokens.toLocaleString('en')} tokens, ${plan.totals.toolMinutes} tool minutes`,
  ].join('\n');
}

function tree(layout: Layout, indent: string): string[] {
  if (layout.kind === 'phase') return [`${indent}${layout.id}`];
  if (layout.kind === 'series') return layout.steps.flatMap((step) => tree(step, indent));
  return layout.branches.flatMap((branch, index) => {
    const [first = '', ...rest] = tree(branch, '');
    const corner = index === 0 ? '┬ ' : '├ ';
    return [`${indent}${corner}${first}`, ...rest.map((line) => `${indent}│ ${line}`)];
  });
}
