// What the operations share: the engine, the resources, and how definitions become programs.

import { createHash } from 'node:crypto';
import type { Fabric } from '../../service.ts';
import { compile } from '../definition/compile.ts';
import type { Program } from '../definition/program.ts';
import type { Engine } from '../engine/engine.ts';
import type { JsonObject } from '../json.ts';
import type { Resources } from './resources.ts';

export interface Host {
  readonly fabric: Fabric;
  readonly engine: Engine;
  readonly resources: Resources;
}

export function compileText(text: string): Program {
  return compile(JSON.parse(text) as JsonObject);
}

export function keepDefinition(host: Host, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  host.engine.store.keepDefinition(hash, text);
  return hash;
}

export function arnOf(host: Host, kind: string, name: string): string {
  return `arn:aws:states:${host.fabric.region}:${host.fabric.accountId}:${kind}:${name}`;
}
