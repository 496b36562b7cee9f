// Versions of state machines.

import { AwsError, type Operation } from '../../service.ts';
import { invalidArn, machineMissing, requireArn } from './errors.ts';
import type { Host } from './host.ts';
import { page } from './pages.ts';
import type { Machine, Version } from './resources.ts';

/** Publishes the machine's current revision; the same revision again is the same version. */
export function publish(host: Host, machine: Machine, description: string): Version {
  const { versions, machines } = host.resources;
  const last = versions
    .all()
    .filter((each) => each.machineArn === machine.arn)
    .at(-1);
  if (last && last.revisionId === machine.revisionId && last.definitionHash === machine.definitionHash) return last;
  machine.lastVersion++;
  machines.save(machine);
  return versions.save({
    arn: `${machine.arn}:${machine.lastVersion}`,
    machineArn: machine.arn,
    number: machine.lastVersion,
    createdAt: host.fabric.clock.now(),
    revisionId: machine.revisionId,
    definitionHash: machine.definitionHash,
    roleArn: machine.roleArn,
    description,
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: machine.tracingConfiguration,
    variableReferences: machine.variableReferences,
  });
}

export function versionOperations(host: Host): Record<string, Operation> {
  const { versions, machines, aliases } = host.resources;
  return {
    PublishStateMachineVersion: (input) => {
      const arn = requireArn(input.stateMachineArn);
      const machine = machines.get(arn);
      if (!machine) throw machineMissing(arn);
      if (input.revisionId !== undefined && input.revisionId !== machine.revisionId) {
        throw new AwsError(
          'ConflictException',
          `Failed to publish the State Machine version for revision ${input.revisionId}. The current State Machine revision is ${machine.revisionId}.`,
        );
      }
      const version = publish(host, machine, input.description ?? '');
      return { stateMachineVersionArn: version.arn, creationDate: new Date(version.createdAt) };
    },

    ListStateMachineVersions: (input) => {
      const arn = requireArn(input.stateMachineArn);
      if (!machines.get(arn)) throw machineMissing(arn);
      const list = versions
        .all()
        .filter((each) => each.machineArn === arn)
        .sort((a, b) => b.number - a.number);
      const { items, nextToken } = page(list, input, 1024);
      return {
        stateMachineVersions: items.map((each) => ({
          stateMachineVersionArn: each.arn,
          creationDate: new Date(each.createdAt),
        })),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },

    DeleteStateMachineVersion: (input) => {
      const arn = requireArn(input.stateMachineVersionArn);
      if (!/:\d+$/.test(arn)) throw invalidArn(arn);
      const users = aliases
        .all()
        .filter((alias) => alias.routes.some((route) => route.stateMachineVersionArn === arn))
        .map((alias) => alias.name);
      if (users.length > 0) {
        throw new AwsError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.join(', ')}]`,
        );
      }
      versions.remove(arn);
      return {};
    },
  };
}
