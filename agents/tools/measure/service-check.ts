// Starts the service and watches it: its health, what each operation answers with and without a token, and a canary window of
// steady requests with the share of errors and the memory at its end.

import { setTimeout as pause } from 'node:timers/promises';
import { quantileSorted } from 'simple-statistics';
import type { ToolValues } from '../../sdk/tools.ts';
import { type ApiOperation, apiOperations } from '../operations.ts';
import { type Service, startService } from '../service.ts';
import { json, type Tool } from '../tool.ts';

type Endpoint = ToolValues['service-check']['endpoints'][number];

/** Between two requests of the canary, ms. */
const STEADY_MS = 50;
const ASK_MS = 10_000;
/** Of each health check, so that one lucky answer is not health. */
const HEALTH_ROUNDS = 5;

export const serviceCheck: Tool<'service-check'> = async (place, { healthChecks, windowSeconds }) => {
  const operations = apiOperations(place.workspace);
  if (!Array.isArray(operations)) return { unmeasured: (operations as { unreadable: string }).unreadable };
  const service = await startService(place);
  if ('unstartable' in service) return { unmeasured: service.unstartable };
  try {
    const health = await checkHealth(service, healthChecks);
    const endpoints: Endpoint[] = [];
    for (const operation of operations as ApiOperation[]) endpoints.push(...(await askTwice(service, operation)));
    const canary = await watch(
      service,
      canaryPaths(healthChecks, operations as ApiOperation[]),
      Math.min(windowSeconds, place.longestWindowSeconds),
    );
    const value = { url: service.url, health, endpoints, canary: canary.summary, startMs: service.startMs };
    return { value, report: json({ ...value, requests: canary.requests, said: service.said().slice(0, 2_000) }) };
  } finally {
    await service.stop();
  }
};

async function checkHealth(service: Service, paths: readonly string[]) {
  let passed = 0;
  for (let round = 0; round < HEALTH_ROUNDS; round += 1) {
    for (const path of paths) if ((await ask(service, 'GET', path, true)).status === 200) passed += 1;
  }
  return { passed, total: HEALTH_ROUNDS * paths.length };
}

/** A secured operation must refuse whoever has no token; with one, nothing may end in an error of the service. */
async function askTwice(service: Service, operation: ApiOperation): Promise<Endpoint[]> {
  const known = await ask(service, operation.method, operation.path, true);
  const found: Endpoint[] = [
    {
      operation: operation.name,
      status: known.status,
      expected: 'below 500 with a token',
      ok: known.status > 0 && known.status < 500,
    },
  ];
  if (!operation.isSecured) return found;
  const stranger = await ask(service, operation.method, operation.path, false);
  const ok = stranger.status === 401 || stranger.status === 403;
  return [...found, { operation: operation.name, status: stranger.status, expected: '401 or 403 without a token', ok }];
}

const canaryPaths = (healthChecks: readonly string[], operations: readonly ApiOperation[]): string[] => [
  ...healthChecks,
  ...operations.filter(({ method, hasParameters }) => method === 'GET' && !hasParameters).map(({ path }) => path),
];

interface Asked {
  readonly path: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly ms: number;
}

async function watch(service: Service, paths: readonly string[], windowSeconds: number) {
  const requests: Asked[] = [];
  const end = performance.now() + windowSeconds * 1000;
  for (let at = 0; performance.now() < end; at += 1) {
    requests.push(await ask(service, 'GET', paths[at % paths.length] ?? '/', true));
    await pause(STEADY_MS);
  }
  const times = requests.map(({ ms }) => ms).sort((a, b) => a - b);
  const summary = {
    windowSeconds,
    requests: requests.length,
    errors: requests.filter(({ status }) => status < 200 || status >= 400).length,
    p95Ms: times.length === 0 ? 0 : Math.round(quantileSorted(times, 0.95) * 100) / 100,
    rssBytes: service.memoryBytes(),
    databaseBytes: service.databaseBytes(),
  };
  return { summary, requests };
}

async function ask(service: Service, method: string, path: string, withToken: boolean): Promise<Asked> {
  const began = performance.now();
  const headers: Record<string, string> = withToken ? { authorization: `Bearer ${service.token}` } : {};
  const body = method === 'GET' || method === 'DELETE' ? undefined : '{}';
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    const response = await fetch(service.url + path, { method, headers, body, signal: AbortSignal.timeout(ASK_MS) });
    await response.arrayBuffer();
    return { path, status: response.status, ms: Math.round((performance.now() - began) * 100) / 100 };
  } catch {
    return { path, status: 0, ms: Math.round((performance.now() - began) * 100) / 100 };
  }
}
