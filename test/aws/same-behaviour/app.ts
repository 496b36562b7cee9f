// The CDK app of the compared executions, the same template for local/ and the endpoint.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { buildSync } from 'esbuild';
import { machines, NESTED } from './machines.ts';

const code = mkdtempSync(join(tmpdir(), 'same-behaviour-'));
buildSync({
  entryPoints: [join(import.meta.dirname, 'worker.ts')],
  outfile: join(code, 'index.js'),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  external: ['@aws-sdk/*'],
});

const app = new App({ outdir: process.env.CDK_OUTDIR, analyticsReporting: false });
const stack = new Stack(app, 'SameBehaviour', { stackName: 'same-behaviour' });

const functionOf = (id: string, environment: Record<string, string> = {}) =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    timeout: Duration.seconds(5),
    environment,
  });
const worker = functionOf('Worker');
const deadLetters = functionOf('DeadLetters', { DEAD_LETTERS: 'yes' });

const queueOf = (id: string, deadLetterQueue?: { queue: Queue; maxReceiveCount: number }) =>
  new Queue(stack, id, { visibilityTimeout: Duration.seconds(6), deadLetterQueue });
const dead = queueOf('Dead');
const answered = queueOf('Answered');
const undeliverable = queueOf('Undeliverable', { queue: dead, maxReceiveCount: 1 });
const silent = queueOf('Silent');
worker.addEventSource(new SqsEventSource(answered, { batchSize: 1 }));
worker.addEventSource(new SqsEventSource(undeliverable, { batchSize: 1 }));
deadLetters.addEventSource(new SqsEventSource(dead, { batchSize: 1 }));

const answers = new PolicyStatement({
  actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
  resources: ['*'],
});
for (const one of [worker, deadLetters]) one.addToRolePolicy(answers);

const nested = new StateMachine(stack, 'nested-inner', {
  definitionBody: DefinitionBody.fromString(JSON.stringify(NESTED)),
});
const definitions = machines({
  worker: worker.functionArn,
  answered: answered.queueUrl,
  undeliverable: undeliverable.queueUrl,
  silent: silent.queueUrl,
  nested: nested.stateMachineArn,
});
for (const [name, definition] of Object.entries(definitions)) {
  const machine = new StateMachine(stack, `m-${name}`, {
    definitionBody: DefinitionBody.fromString(stack.toJsonString(definition)),
  });
  worker.grantInvoke(machine);
  for (const queue of [answered, undeliverable, silent]) queue.grantSendMessages(machine);
  nested.grantStartExecution(machine);
  const following = new PolicyStatement({
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: ['*'],
  });
  machine.addToRolePolicy(following);
  machine.addToRolePolicy(
    new PolicyStatement({ actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], resources: ['*'] }),
  );
  new CfnOutput(stack, `Arn${name.replaceAll('-', '')}`, {
    key: name.replaceAll('-', ''),
    value: machine.stateMachineArn,
  });
}
app.synth();
