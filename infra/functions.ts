// The functions: one per handler (the worker twice, once per class), each with a role and a log group of its own.

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, Code, Function as LambdaFunction, LayerVersion, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { FUNCTION_SPECS, type Variable } from './function-specs.ts';
import type { FunctionName, Names } from './names.ts';
import { permissionsOf } from './permissions.ts';
import type { Things } from './powers.ts';
import { type Grant, roleOf, TRACING } from './roles.ts';

const RUNTIME = Runtime.NODEJS_24_X;

export interface FunctionsProps {
  readonly names: Names;
  readonly bundles: Bundles;
  /** Folder of the AWS SDK's layer. @default - what the runtime holds */
  readonly sdk?: string | undefined;
  readonly things: Things;
  /** Everything functions can be told; each is told what its spec names. */
  readonly told: Readonly<Record<Variable, string>>;
}

export class Functions extends Construct {
  readonly all: Readonly<Record<FunctionName, LambdaFunction>>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const sdk =
      props.sdk === undefined
        ? undefined
        : new LayerVersion(this, 'Sdk', {
            description: 'The AWS SDK at the versions of package-lock.json',
            code: Code.fromAsset(props.sdk),
            compatibleRuntimes: [RUNTIME],
          });
    const made = Object.keys(FUNCTION_SPECS).map(
      (name) => [name, this.make(name as FunctionName, props, sdk)] as const,
    );
    this.all = Object.fromEntries(made) as Record<FunctionName, LambdaFunction>;
  }

  private make(name: FunctionName, props: FunctionsProps, sdk: LayerVersion | undefined): LambdaFunction {
    const spec = FUNCTION_SPECS[name];
    const part = new Construct(this, name);
    const logGroup = new LogGroup(part, 'Log', {
      logGroupName: `/aws/lambda/${props.names.function(name)}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logging: Grant = {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    };
    const grants = [logging, TRACING, ...permissionsOf(name, props.things)];
    // What the stack was made without is not told of at all.
    const known = spec.variables.filter((variable) => props.told[variable] !== '');
    const told = Object.fromEntries(known.map((variable) => [variable, props.told[variable]]));
    return new LambdaFunction(part, 'Function', {
      functionName: props.names.function(name),
      runtime: RUNTIME,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.bundles(spec.handler)),
      layers: sdk === undefined ? [] : [sdk],
      handler: 'index.handler',
      timeout: Duration.seconds(spec.seconds),
      memorySize: spec.megabytes,
      role: roleOf(part, 'Role', 'lambda.amazonaws.com', grants),
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: { ...told, ...spec.fixed },
    });
  }
}
