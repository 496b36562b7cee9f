// What StartExecution's ARN names: a machine, one of its versions, or an alias that routes to versions.

import { machineMissing, requireArn } from './errors.ts';
import type { Host } from './host.ts';
import type { Alias, Machine, Route } from './resources.ts';

export interface Target {
  readonly machine: Machine;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly definitionHash: string;
  readonly roleArn: string;
  readonly revisionId: string;
}

/** @throws InvalidArn, StateMachineDoesNotExist */
export function targetOf(host: Host, text: unknown): Target {
  const arn = requireArn(text);
  const { machines, versions, aliases } = host.resources;
  const machine = machines.get(arn);
  if (machine) return { machine, versionArn: undefined, aliasArn: undefined, ...machine };
  const alias = aliases.get(arn);
  const version = versions.get(alias ? route(host, alias) : arn);
  const owner = version && machines.get(version.machineArn);
  if (!version || !owner) throw machineMissing(arn);
  return {
    machine: owner,
    versionArn: version.arn,
    aliasArn: alias?.arn,
    definitionHash: version.definitionHash,
    roleArn: version.roleArn,
    revisionId: version.revisionId,
  };
}

function route(host: Host, alias: Alias): string {
  let draw = host.fabric.random.next() * 100;
  for (const each of alias.routes) {
    draw -= each.weight;
    if (draw < 0) return each.stateMachineVersionArn;
  }
  return (alias.routes.at(-1) as Route).stateMachineVersionArn;
}
