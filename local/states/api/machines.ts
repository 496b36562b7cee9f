// State machines: create, describe, update, delete, list.

import { AwsError, type Operation } from '../../service.ts';
import { checkDefinition } from '../validation/validate.ts';
import { executionMissing, machineMissing, requireArn, requireName, validation } from './errors.ts';
import { findExecution } from './executions.ts';
import { arnOf, type Host, keepDefinition } from './host.ts';
import { checkLogging } from './logging.ts';
import { page } from './pages.ts';
import type { Machine, Version } from './resources.ts';
import { publish } from './versions.ts';

export function machineOperations(host: Host): Record<string, Operation> {
  const { machines, versions, aliases } = host.resources;
  const { fabric } = host;

  const describe = (source: Machine | Version, machine: Machine, withData: boolean) => ({
    stateMachineArn: source.arn,
    name: machine.name,
    status: 'ACTIVE',
    ...(withData ? { definition: host.engine.store.definition(source.definitionHash) } : { definition: '' }),
    roleArn: source.roleArn,
    type: machine.type,
    creationDate: new Date(source.createdAt),
    loggingConfiguration: source.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: source.tracingConfiguration,
    encryptionConfiguration: machine.encryptionConfiguration,
    ...(Object.keys(source.variableReferences).length > 0 ? { variableReferences: source.variableReferences } : {}),
    ...('description' in source && source.description !== '' ? { description: source.description } : {}),
    ...(source.revisionId === 'INITIAL' ? {} : { revisionId: source.revisionId }),
  });

  return {
    CreateStateMachine: (input) => {
      const name = requireName(input.name);
      const type = input.type ?? 'STANDARD';
      const checked = checkDefinition(input.definition, type);
      const arn = arnOf(host, 'stateMachine', name);
      const known = machines.get(arn);
      const logging = checkLogging(input.loggingConfiguration);
      if (input.versionDescription !== undefined && input.publish !== true) {
        throw validation('Version description can only be set when publish is true');
      }
      if (known) return again(host, known, input, type);
      const now = fabric.clock.now();
      const machine: Machine = machines.save({
        arn,
        name,
        type,
        createdAt: now,
        updatedAt: now,
        definitionHash: keepDefinition(host, input.definition),
        roleArn: input.roleArn,
        revisionId: 'INITIAL',
        loggingConfiguration: logging,
        tracingConfiguration: input.tracingConfiguration ?? { enabled: false },
        encryptionConfiguration: input.encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
        tags: Object.fromEntries((input.tags ?? []).map((tag: { key: string; value: string }) => [tag.key, tag.value])),
        lastVersion: 0,
        variableReferences: checked.variableReferences,
      });
      const version = input.publish === true ? publish(host, machine, input.versionDescription ?? '') : undefined;
      return {
        stateMachineArn: arn,
        creationDate: new Date(now),
        ...(version ? { stateMachineVersionArn: version.arn } : {}),
      };
    },

    DescribeStateMachine: (input) => {
      const arn = requireArn(input.stateMachineArn);
      const version = versions.get(arn);
      const machine = machines.get(version?.machineArn ?? arn);
      if (!machine) throw machineMissing(arn);
      return describe(version ?? machine, machine, input.includedData !== 'METADATA_ONLY');
    },

    DescribeStateMachineForExecution: (input) => {
      const record = findExecution(host, requireArn(input.executionArn));
      if (!record) throw executionMissing(input.executionArn);
      const { facts } = record;
      const source = facts.versionArn ? versions.get(facts.versionArn) : undefined;
      const machine = machines.get(facts.machineArn);
      const references = source?.variableReferences ?? machine?.variableReferences ?? {};
      return {
        stateMachineArn: facts.machineArn,
        name: facts.machineName,
        definition: host.engine.store.definition(facts.definitionHash),
        roleArn: facts.roleArn,
        updateDate: new Date(source?.createdAt ?? machine?.updatedAt ?? facts.startedAt),
        loggingConfiguration: machine?.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: machine?.tracingConfiguration ?? { enabled: false },
        encryptionConfiguration: machine?.encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
        ...(facts.map ? { mapRunArn: facts.map.run } : {}),
        ...(Object.keys(references).length > 0 ? { variableReferences: references } : {}),
        ...(facts.revisionId === 'INITIAL' ? {} : { revisionId: facts.revisionId }),
      };
    },

    UpdateStateMachine: (input) => {
      const arn = requireArn(input.stateMachineArn);
      const machine = machines.get(arn);
      if (!machine) throw machineMissing(arn);
      if (
        input.definition === undefined &&
        input.roleArn === undefined &&
        input.loggingConfiguration === undefined &&
        input.tracingConfiguration === undefined &&
        input.encryptionConfiguration === undefined
      ) {
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      const now = fabric.clock.now();
      const logging = checkLogging(input.loggingConfiguration);
      if (input.definition !== undefined) {
        const checked = checkDefinition(input.definition, machine.type);
        machine.variableReferences = checked.variableReferences;
        machine.definitionHash = keepDefinition(host, input.definition);
      }
      machine.roleArn = input.roleArn ?? machine.roleArn;
      machine.loggingConfiguration = logging ?? machine.loggingConfiguration;
      machine.tracingConfiguration = input.tracingConfiguration ?? machine.tracingConfiguration;
      machine.encryptionConfiguration = input.encryptionConfiguration ?? machine.encryptionConfiguration;
      machine.revisionId = fabric.random.uuid();
      machine.updatedAt = now;
      machines.save(machine);
      const version = input.publish === true ? publish(host, machine, input.versionDescription ?? '') : undefined;
      return {
        updateDate: new Date(now),
        revisionId: machine.revisionId,
        ...(version ? { stateMachineVersionArn: version.arn } : {}),
      };
    },

    DeleteStateMachine: (input) => {
      const arn = requireArn(input.stateMachineArn);
      for (const alias of aliases.all()) if (alias.machineArn === arn) aliases.remove(alias.arn);
      for (const version of versions.all()) if (version.machineArn === arn) versions.remove(version.arn);
      machines.remove(arn);
      return {};
    },

    ListStateMachines: (input) => {
      const list = machines.all().sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(list, input, 1024);
      return {
        stateMachines: items.map(({ arn, name, type, createdAt }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: new Date(createdAt),
        })),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },
  };
}

/** Creating the same machine again is answered as the first time; another one of the same name is refused. */
function again(
  host: Host,
  known: Machine,
  input: { definition: string; [key: string]: unknown },
  type: string,
): object {
  const same =
    known.type === type &&
    host.engine.store.definition(known.definitionHash) === input.definition &&
    JSON.stringify(known.tracingConfiguration) === JSON.stringify(input.tracingConfiguration ?? { enabled: false }) &&
    JSON.stringify(known.loggingConfiguration) === JSON.stringify(checkLogging(input.loggingConfiguration));
  if (!same) {
    throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${known.arn}'`);
  }
  const version =
    input.publish === true ? publish(host, known, (input.versionDescription as string | undefined) ?? '') : undefined;
  return {
    stateMachineArn: known.arn,
    creationDate: new Date(known.createdAt),
    ...(version ? { stateMachineVersionArn: version.arn } : {}),
  };
}
