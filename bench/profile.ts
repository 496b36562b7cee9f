// Where the time goes: V8's sampling profiler around a piece of work, its samples added up by area and by function.

import type { Runtime } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installation } from '../cli/home.ts';

export interface Share {
  readonly name: string;
  /** 0 to 1, of the samples that were not idle. */
  readonly share: number;
}

export interface Profile {
  readonly areas: readonly Share[];
  readonly functions: readonly Share[];
}

const SAMPLE_EVERY_US = 500;

export async function profile(work: () => unknown): Promise<Profile> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
  await session.post('Profiler.start');
  await work();
  const { profile: taken } = await session.post('Profiler.stop');
  session.disconnect();
  const spent = new Map<number, number>();
  taken.samples?.forEach((id, i) => {
    spent.set(id, (spent.get(id) ?? 0) + (taken.timeDeltas?.[i] ?? 0));
  });
  const areas = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const { id, callFrame } of taken.nodes) {
    const time = spent.get(id) ?? 0;
    if (time === 0 || callFrame.functionName === '(idle)' || callFrame.url === 'node:inspector') continue;
    total += time;
    const file = fileOf(callFrame);
    const area = file === '' ? callFrame.functionName || 'native' : areaOf(file);
    areas.set(area, (areas.get(area) ?? 0) + time);
    const place = file === '' ? '' : ` (${file})`;
    const name = `${callFrame.functionName || 'anonymous'}${place}`;
    functions.set(name, (functions.get(name) ?? 0) + time);
  }
  return { areas: largest(areas, total, 10), functions: largest(functions, total, 12) };
}

/** Native functions bear no file; those of a statement and its database are the only ones of these names here. */
const OF_SQLITE = new Set(['run', 'get', 'all', 'iterate', 'next', 'prepare', 'exec']);

/** Path below the installation; a bundle by the name of its function's folder; the package's name for what npm installed. */
function fileOf({ url, functionName }: Runtime.CallFrame): string {
  if (url === '') return OF_SQLITE.has(functionName) ? 'node:sqlite' : '';
  if (url.startsWith('wasm:')) return 'WebAssembly (module lexer)';
  if (!url.startsWith('file:')) return url;
  const path = fileURLToPath(url).replaceAll('\\', '/');
  if (/\/asset\.[0-9a-f]+\//.test(path)) return 'bundles of lambdas/, agents/, store/, core/';
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  return dependency ? `node_modules/${dependency[1]}` : relative(installation, path).replaceAll('\\', '/');
}

/** `local/states/engine/task.ts` -> `local/states/engine`. */
const areaOf = (file: string): string => (file.endsWith('.ts') ? file.slice(0, file.lastIndexOf('/')) : file);

function largest(times: ReadonlyMap<string, number>, total: number, most: number): Share[] {
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, most);
}
