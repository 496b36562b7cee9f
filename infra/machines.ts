// The five state machines, each with a role and a log group of its own; everything is logged but the data.

import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Definition } from '../statemachines/asl.ts';
import type { Layout } from '../statemachines/layout/tree.ts';
import { type MachineName, machines } from '../statemachines/machines.ts';
import { LOG_DELIVERY, type MachineThings, machinePermissions, SAMPLING } from './machine-permissions.ts';
import type { FunctionName, Names } from './names.ts';
import type { WorkQueue } from './queues.ts';
import { roleOf, TRACING } from './roles.ts';

export interface MachinesProps {
  readonly names: Names;
  readonly pipelineTitle: string;
  readonly layout: Layout;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly queues: Readonly<Record<'models' | 'tools', WorkQueue>>;
  readonly bucketArn: string;
}

export class Machines extends Construct {
  readonly all: Readonly<Record<MachineName, StateMachine>>;

  constructor(scope: Construct, id: string, props: MachinesProps) {
    super(scope, id);
    const { names, functions, queues } = props;
    const functionArns = {
      open: functions.open.functionArn,
      phase: functions.phase.functionArn,
      plan: functions.plan.functionArn,
      aggregate: functions.aggregate.functionArn,
      gate: functions.gate.functionArn,
      supervise: functions.supervise.functionArn,
      close: functions.close.functionArn,
    };
    const definitions = machines(
      {
        partition: Aws.PARTITION,
        functions: functionArns,
        machines: {
          phase: names.machineArn('phase'),
          attempt: names.machineArn('attempt'),
          round: names.machineArn('round'),
          task: names.machineArn('task'),
        },
        queueUrls: { models: queues.models.queue.queueUrl, tools: queues.tools.queue.queueUrl },
      },
      props.pipelineTitle,
      props.layout,
    );
    const things: MachineThings = {
      names,
      functionArns,
      queueArns: [queues.models.queue.queueArn, queues.tools.queue.queueArn],
      bucketArn: props.bucketArn,
    };
    const made = Object.entries(definitions).map(([name, definition]) => [
      name,
      this.make(name as MachineName, definition, things),
    ]);
    this.all = Object.fromEntries(made) as Record<MachineName, StateMachine>;
  }

  private make(name: MachineName, definition: Definition, things: MachineThings): StateMachine {
    const part = new Construct(this, name);
    const stateMachineName = things.names.machine(name);
    const destination = new LogGroup(part, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const grants = [LOG_DELIVERY, TRACING, SAMPLING, ...machinePermissions(part, name, things)];
    return new StateMachine(part, 'Machine', {
      stateMachineName,
      comment: definition.Comment,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role: roleOf(part, 'Role', 'states.amazonaws.com', grants),
      logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
  }
}
