// Draws a pipeline as one SVG: a bar per phase from its earliest start to its end, an arrow per edge that is left
// after transitive reduction, the critical path in colour. Pure: data in, text out.

import { criticalPath, earliestStarts } from '../core/graph/critical-path.ts';
import { edgesOf } from '../core/graph/graph.ts';
import { phaseGraph } from '../core/graph/phase-graph.ts';
import { transitiveReduction } from '../core/graph/transitive-reduction.ts';
import type { Pipeline } from '../core/pipeline/model.ts';

const BAR = { height: 30, gap: 12 } as const;
const WIDTH = 1120;
const MARGIN = { left: 30, right: 40, top: 56, bottom: 44 } as const;
/** Bars shorter than this carry their name to the right of them. */
const ROOM_FOR_NAME = 120;
/** What a name beside its bar may need. */
const NAME_BESIDE = 120;

interface Bar {
  readonly id: string;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly critical: boolean;
  readonly minutes: number;
}

export function graphPicture(pipeline: Pipeline): string {
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const durationOf = (id: string) => minutes.get(id) ?? 0;
  const graph = transitiveReduction(phaseGraph(pipeline.phases));
  const critical = criticalPath(graph, durationOf);
  const starts = earliestStarts(graph, durationOf);
  const scale = (WIDTH - MARGIN.left - MARGIN.right) / critical.length;
  const ordered = graph.nodes.toSorted((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));
  const bars = ordered.map((id, row): Bar => {
    const at = starts.get(id) ?? 0;
    return {
      id,
      x: MARGIN.left + at * scale,
      width: Math.max(3, durationOf(id) * scale - 3),
      y: MARGIN.top + row * (BAR.height + BAR.gap),
      critical: critical.nodes.includes(id),
      minutes: durationOf(id),
    };
  });
  const byId = new Map(bars.map((bar) => [bar.id, bar]));
  const arrows = edgesOf(graph).map(([from, to]) => arrow(byId.get(from) as Bar, byId.get(to) as Bar));
  const height = MARGIN.top + bars.length * (BAR.height + BAR.gap) + MARGIN.bottom;
  const title = `${pipeline.title}: ${bars.length} phases, ${critical.length} minutes on the critical path`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${xml(title)}">`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${height}" rx="10"/>`,
    `<text class="title" x="${MARGIN.left}" y="32">${xml(title)}</text>`,
    ...arrows,
    ...bars.map(bar),
    axis(critical.length, scale, height),
    '</svg>',
    '',
  ].join('\n');
}

function bar({ id, x, width, y, critical, minutes }: Bar): string {
  const inside = width >= ROOM_FOR_NAME;
  const label = `${xml(id)} <tspan class="minutes">${minutes} min</tspan>`;
  const fitsRight = x + width + NAME_BESIDE < WIDTH;
  const textX = inside ? x + 10 : fitsRight ? x + width + 7 : x - 7;
  const side = inside ? 'in' : fitsRight ? 'out' : 'out left';
  return [
    `<rect class="bar${critical ? ' critical' : ''}" x="${round(x)}" y="${y}" width="${round(width)}" height="${BAR.height}" rx="5"/>`,
    `<text class="${side}" x="${round(textX)}" y="${y + 20}">${label}</text>`,
  ].join('');
}

/** Down from the end of one bar, then right into the head of the other; bars are drawn over it. */
function arrow(from: Bar, to: Bar): string {
  const x = from.x + from.width - 4;
  const y = to.y + BAR.height / 2;
  const both = from.critical && to.critical ? ' critical' : '';
  return `<path class="edge${both}" d="M${round(x)} ${from.y + BAR.height / 2} V${y - 6} q0 6 6 6 H${round(Math.max(to.x, x + 6))}"/>`;
}

function axis(length: number, scale: number, height: number): string {
  const step = length > 400 ? 100 : length > 100 ? 30 : 10;
  const ticks: string[] = [];
  for (let at = 0; at <= length; at += step) {
    const x = round(MARGIN.left + at * scale);
    ticks.push(`<text class="tick" x="${x}" y="${height - 16}">${at} min</text>`);
  }
  return ticks.join('');
}

const STYLE = `<style>
  .ground { fill: #fbfaf7 } .title { font: 600 16px system-ui, sans-serif; fill: #22252b }
  .bar { fill: #8fa3b8 } .bar.critical { fill: #c2542d }
  text { font: 13px system-ui, sans-serif } .in { fill: #fff; font-weight: 600 } .out { fill: #22252b; font-weight: 600; stroke: #fbfaf7; stroke-width: 4px; paint-order: stroke } .left { text-anchor: end }
  .minutes { font-weight: 400; opacity: .8 } .tick { fill: #6c7280; font-size: 11px; text-anchor: middle }
  .edge { fill: none; stroke: #b9c3ce; stroke-width: 1.5 } .edge.critical { stroke: #c2542d }
</style>`;

function round(value: number): string {
  return value.toFixed(1);
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
