// One stack of everything: data, queues, functions, machines, timers, events, and the outputs a client finds them by.

import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { PinnedPipeline } from '../core/pipeline/model.ts';
import type { Layout } from '../statemachines/layout/tree.ts';
import type { Bundles } from './bundles.ts';
import { Data } from './data.ts';
import { EventSources } from './event-sources.ts';
import { CloseRule } from './events.ts';
import { Functions } from './functions.ts';
import { Machines } from './machines.ts';
import { bedrockArns } from './model-access.ts';
import { namesFor } from './names.ts';
import { Observability } from './observability/observability.ts';
import { lastResort, WorkQueue } from './queues.ts';
import { Reactions } from './reactions.ts';
import { Sealing } from './sealing.ts';
import type { Settings } from './settings.ts';
import { Timers } from './timers.ts';
import { Tools } from './tools.ts';

/** As long as events are kept in the table. */
const ARCHIVED_DAYS = 30;

export interface IdeaMineProps extends StackProps {
  readonly settings: Settings;
  readonly pinned: PinnedPipeline;
  readonly layout: Layout;
  readonly bundles: Bundles;
  /** Folder of the AWS SDK's layer. @default - functions use what the runtime holds */
  readonly sdk?: string;
}

export class IdeaMineStack extends Stack {
  constructor(scope: Construct, id: string, { settings, pinned, layout, bundles, sdk, ...rest }: IdeaMineProps) {
    super(scope, id, rest);
    const names = namesFor(this, settings.stage);
    const data = new Data(this, 'Data', settings);
    const sealing = new Sealing(this, 'Sealing', settings);
    const queues = { models: new WorkQueue(this, 'Models'), tools: new WorkQueue(this, 'Tools') };
    const tools = settings.tools ? new Tools(this, 'Measuring', { names, bucket: data.bucket }) : undefined;
    const ledgerDeadLetters = lastResort(this, 'LedgerDeadLetters');
    const bus = new EventBus(this, 'Bus', { eventBusName: names.prefix });
    if (settings.archive) {
      new Archive(this, 'Archive', {
        archiveName: names.prefix,
        sourceEventBus: bus,
        eventPattern: { source: ['ideamine'] },
        retention: Duration.days(ARCHIVED_DAYS),
      });
    }
    const timers = new Timers(this, 'Timers', names);
    const streamArn = data.table.tableStreamArn as string;
    const functions = new Functions(this, 'Functions', {
      names,
      bundles,
      sdk,
      things: {
        names,
        table: data.table.tableArn,
        ledger: data.ledger.tableArn,
        stream: streamArn,
        bucket: data.bucket.bucketArn,
        sealed: sealing.bucket.bucketArn,
        signingKey: sealing.key?.keyArn,
        bus: bus.eventBusArn,
        queues: { models: arnsOf(queues.models), tools: arnsOf(queues.tools) },
        ledgerDeadLetters: ledgerDeadLetters.queueArn,
        models: bedrockArns(this, pinned.pipeline.models),
        modelKeys: settings.modelKeys,
        schedulerRole: timers.role.roleArn,
        toolProjects: tools === undefined ? [] : [names.projectArn('tools'), names.projectArn('registry')],
      },
      told: {
        TABLE_NAME: data.table.tableName,
        LEDGER_TABLE_NAME: data.ledger.tableName,
        BUCKET_NAME: data.bucket.bucketName,
        SEALED_BUCKET_NAME: sealing.bucket.bucketName,
        SIGNING_KEY_ARN: sealing.key?.keyArn ?? '',
        TOOLS_PROJECT: tools?.projects.tools ?? '',
        REGISTRY_PROJECT: tools?.projects.registry ?? '',
        MODEL_KEYS_SECRET_ARN: settings.modelKeys ?? '',
        EVENT_BUS_NAME: bus.eventBusName,
        MODELS_QUEUE_URL: queues.models.queue.queueUrl,
        TOOLS_QUEUE_URL: queues.tools.queue.queueUrl,
        SCHEDULE_GROUP: timers.group.scheduleGroupName,
        SCHEDULER_ROLE_ARN: timers.role.roleArn,
        SWEEP_FUNCTION_ARN: names.functionArn('sweep'),
        TIMER_FUNCTION_ARN: names.functionArn('timer'),
        STRUCTURE_HASH: pinned.structureHash,
        PIPELINE_NAME: pinned.pipeline.name,
        STAGE: names.prefix,
      },
    }).all;
    new EventSources(this, 'EventSources', { functions, queues, streamArn, ledgerDeadLetters });
    const machines = new Machines(this, 'Machines', {
      names,
      pipelineTitle: pinned.pipeline.title,
      layout,
      functions,
      queues,
      bucketArn: data.bucket.bucketArn,
    }).all;
    new CloseRule(this, 'CloseRule', { runMachineArn: machines.run.stateMachineArn, close: functions.close });
    new Reactions(this, 'Reactions', { bus, functions, publishing: settings.publishing });
    if (settings.observability) {
      const workQueues = [queues.models.queue, queues.tools.queue];
      const others = this.node.findAll().filter((each): each is Queue => each instanceof Queue);
      new Observability(this, 'Observability', {
        ...settings,
        watched: {
          prefix: names.prefix,
          machines: mapped(machines, ({ stateMachineArn }) => stateMachineArn),
          functions: mapped(functions, ({ functionName }) => functionName),
          workQueues: workQueues.map(({ queueName }) => queueName),
          deadLetters: others
            .filter((queue) => !workQueues.includes(queue) && queue !== ledgerDeadLetters)
            .map(({ queueName }) => queueName),
          ledgerDeadLetters: ledgerDeadLetters.queueName,
          table: data.table.tableName,
          ledger: data.ledger.tableName,
          scheduleGroup: timers.group.scheduleGroupName,
        },
      });
    }
    this.output({
      RunMachineArn: machines.run.stateMachineArn,
      PhaseMachineArn: machines.phase.stateMachineArn,
      AttemptMachineArn: machines.attempt.stateMachineArn,
      RoundMachineArn: machines.round.stateMachineArn,
      TaskMachineArn: machines.task.stateMachineArn,
      TableName: data.table.tableName,
      LedgerTableName: data.ledger.tableName,
      BucketName: data.bucket.bucketName,
      SealedBucketName: sealing.bucket.bucketName,
      PublishingState: settings.publishing ? 'on' : 'off',
      ...(sealing.key ? { SigningKeyArn: sealing.key.keyArn } : {}),
      ...(tools ? { ToolsProject: tools.projects.tools, ToolsetKey: tools.toolsetKey } : {}),
      EventBusName: bus.eventBusName,
      ModelsQueueUrl: queues.models.queue.queueUrl,
      ToolsQueueUrl: queues.tools.queue.queueUrl,
      ModelsDeadLettersUrl: queues.models.deadLetters.queueUrl,
      ToolsDeadLettersUrl: queues.tools.deadLetters.queueUrl,
      ScheduleGroupName: timers.group.scheduleGroupName,
      StructureHash: pinned.structureHash,
      PipelineName: pinned.pipeline.name,
    });
    this.output(
      Object.fromEntries(
        Object.entries(functions).map(([name, made]) => [`${pascal(name)}FunctionName`, made.functionName]),
      ),
    );
  }

  private output(values: Readonly<Record<string, string>>): void {
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}

function mapped<Name extends string, Thing>(things: Readonly<Record<Name, Thing>>, value: (thing: Thing) => string) {
  const pairs = (Object.entries(things) as [Name, Thing][]).map(([name, thing]) => [name, value(thing)]);
  return Object.fromEntries(pairs) as Record<Name, string>;
}

const arnsOf = ({ queue, deadLetters }: WorkQueue) => ({ queue: queue.queueArn, deadLetters: deadLetters.queueArn });

const pascal = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
