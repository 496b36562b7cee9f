// Executions: start, describe, list, stop, history.

import { AwsError, type Operation } from '../../service.ts';
import type { ExecutionRecord } from '../engine/execution.ts';
import { expandEvent, type HistoryEvent } from '../engine/history.ts';
import { openExecution } from '../engine/start.ts';
import { recordOf } from '../engine/store.ts';
import { docOfText, parseJson, textOf, tooLarge } from '../json.ts';
import { executionMissing, machineMissing, requireArn, requireName, validation } from './errors.ts';
import { compileText, type Host } from './host.ts';
import { page } from './pages.ts';
import { whyNotRedrivable } from './redrivable.ts';
import { type Target, targetOf } from './target.ts';

export function findExecution(host: Host, arn: string): ExecutionRecord | undefined {
  return host.engine.open.get(arn) ?? host.engine.ended.get(arn) ?? host.engine.store.find(arn);
}

/** @throws InvalidExecutionInput */
export function checkInput(input: unknown): string {
  const text = input === undefined || input === null ? '{}' : String(input);
  if (tooLarge(text)) {
    throw validation(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144`,
    );
  }
  parseJson(text, 'InvalidExecutionInput', (reason) => `Invalid State Machine Execution Input: '${reason}'`);
  return text;
}

/** @param run distinguishes runs of one name, of express machines only */
export function start(host: Host, target: Target, name: string, text: string, run?: string): ExecutionRecord {
  const { engine } = host;
  const { machine } = target;
  const program = engine.store.program(target.definitionHash, compileText);
  return openExecution(engine, program, docOfText(text), {
    arn: run === undefined ? executionArn(target, name) : `${executionArn(target, name)}:${run}`,
    name,
    machineArn: machine.arn,
    machineName: machine.name,
    versionArn: target.versionArn,
    aliasArn: target.aliasArn,
    roleArn: target.roleArn,
    type: machine.type,
    definitionHash: target.definitionHash,
    revisionId: target.revisionId,
    startedAt: engine.now(),
  });
}

function executionArn(target: Target, name: string): string {
  const kind = target.machine.type === 'EXPRESS' ? 'express' : 'execution';
  return `${target.machine.arn.replace(':stateMachine:', `:${kind}:`)}:${name}`;
}

function redrive(record: ExecutionRecord, now: number): Record<string, unknown> {
  const redriveStatusReason = whyNotRedrivable(record, now);
  if (redriveStatusReason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
  return { redriveStatus: record.facts.map ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
}

function describe(record: ExecutionRecord, now: number, withData = true): Record<string, unknown> {
  const { facts, failure, output } = record;
  return {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    status: record.status,
    startDate: new Date(facts.startedAt),
    ...(record.stoppedAt === undefined ? {} : { stopDate: new Date(record.stoppedAt) }),
    ...(withData ? { input: textOf(record.input) } : {}),
    inputDetails: { included: withData },
    ...(output ? { ...(withData ? { output: textOf(output) } : {}), outputDetails: { included: withData } } : {}),
    ...(failure?.error == null ? {} : { error: failure.error }),
    ...(failure?.cause == null ? {} : { cause: failure.cause }),
    ...(facts.map ? { mapRunArn: facts.map.run } : {}),
    ...(facts.versionArn === undefined ? {} : { stateMachineVersionArn: facts.versionArn }),
    ...(facts.aliasArn === undefined ? {} : { stateMachineAliasArn: facts.aliasArn }),
    redriveCount: record.redriveCount,
    ...(record.redrivenAt === undefined ? {} : { redriveDate: new Date(record.redrivenAt) }),
    ...redrive(record, now),
  };
}

export function executionOperations(host: Host): Record<string, Operation> {
  const { engine } = host;
  const require = (arn: unknown): ExecutionRecord => {
    const record = findExecution(host, requireArn(arn));
    if (!record || record.facts.type === 'EXPRESS') throw executionMissing(String(arn));
    return record;
  };

  return {
    StartExecution: (input) => {
      const target = targetOf(host, input.stateMachineArn);
      const text = checkInput(input.input);
      const name = input.name === undefined ? host.fabric.random.uuid() : requireName(input.name);
      const known = target.machine.type === 'STANDARD' ? findExecution(host, executionArn(target, name)) : undefined;
      if (known) {
        if (known.status === 'RUNNING' && textOf(known.input) === text) {
          return { executionArn: known.facts.arn, startDate: new Date(known.facts.startedAt) };
        }
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.facts.arn}'`);
      }
      const express = target.machine.type === 'EXPRESS' ? host.fabric.random.uuid() : undefined;
      const record = start(host, target, name, text, express);
      return { executionArn: record.facts.arn, startDate: new Date(record.facts.startedAt) };
    },

    DescribeExecution: (input) =>
      describe(require(input.executionArn), engine.now(), input.includedData !== 'METADATA_ONLY'),

    StopExecution: (input) => {
      const record = require(input.executionArn);
      const open = engine.open.get(record.facts.arn);
      if (open) {
        engine.moves.endExecution(engine, open, 'ABORTED', 0, undefined, {
          error: input.error ?? null,
          cause: input.cause ?? null,
        });
      }
      return { stopDate: new Date(record.stoppedAt ?? engine.now()) };
    },

    ListExecutions: (input) => {
      const rows = input.mapRunArn === undefined ? listOf(host, input) : listOfRun(host, input.mapRunArn);
      const wanted = rows.filter((row) => input.statusFilter === undefined || row.status === input.statusFilter);
      const { items, nextToken } = page(wanted, input, 3096);
      return { executions: items.map(summary), ...(nextToken === undefined ? {} : { nextToken }) };
    },

    GetExecutionHistory: (input) => {
      const record = require(input.executionArn);
      const events: HistoryEvent[] = [...engine.store.history(record.id), ...unwritten(host, record)];
      if (input.reverseOrder === true) events.reverse();
      const { items, nextToken } = page(events, input, 1024);
      const withData = input.includeExecutionData !== false;
      return {
        events: items.map((event) => expandEvent(event, withData)),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },
  };
}

function unwritten(host: Host, record: ExecutionRecord): HistoryEvent[] {
  for (const execution of host.engine.changedExecutions()) if (execution.id === record.id) return execution.history;
  return [];
}

function listOf(host: Host, input: { stateMachineArn?: unknown }): ExecutionRecord[] {
  const arn = requireArn(input.stateMachineArn);
  const version = host.resources.versions.get(arn);
  const alias = host.resources.aliases.get(arn);
  const machineArn = version?.machineArn ?? alias?.machineArn ?? arn;
  const machine = host.resources.machines.get(machineArn);
  if (!machine) throw machineMissing(arn);
  if (machine.type === 'EXPRESS') {
    throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  flush(host);
  return host.engine.store
    .all('SELECT * FROM sfn_execution WHERE machine = ? ORDER BY started DESC, id DESC', machineArn)
    .map((row) => recordOf(row))
    .filter((row) => !version || row.facts.versionArn === arn)
    .filter((row) => !alias || row.facts.aliasArn === arn);
}

function listOfRun(host: Host, run: string): ExecutionRecord[] {
  flush(host);
  return host.engine.store
    .all('SELECT * FROM sfn_execution WHERE map_run = ? ORDER BY map_index', requireArn(run, 'mapRun'))
    .map((row) => recordOf(row));
}

/** Lists read the store, so what this turn changed is written first. */
function flush(host: Host): void {
  for (const execution of host.engine.changedExecutions()) host.engine.store.write(execution);
}

function summary(record: ExecutionRecord): Record<string, unknown> {
  const { facts } = record;
  return {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    status: record.status,
    startDate: new Date(facts.startedAt),
    ...(record.stoppedAt === undefined ? {} : { stopDate: new Date(record.stoppedAt) }),
    ...(facts.map ? { mapRunArn: facts.map.run } : {}),
    ...(facts.versionArn === undefined ? {} : { stateMachineVersionArn: facts.versionArn }),
    ...(facts.aliasArn === undefined ? {} : { stateMachineAliasArn: facts.aliasArn }),
    redriveCount: record.redriveCount,
    ...(record.redrivenAt === undefined ? {} : { redriveDate: new Date(record.redrivenAt) }),
  };
}
