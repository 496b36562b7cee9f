// Resources a Task state may name: Lambda functions, activities, optimized integrations, AWS SDK integrations.

import { parseResource } from '../definition/resource.ts';

const dynamodb = ['getItem', 'putItem', 'updateItem', 'deleteItem'];

/** Operations of optimized integrations; undefined: not enumerated here ("Integrating optimized services" names them). */
const OPTIMIZED: Readonly<Record<string, readonly string[] | undefined>> = {
  apigateway: ['invoke'],
  athena: undefined,
  batch: ['submitJob'],
  bedrock: undefined,
  codebuild: undefined,
  databrew: ['startJobRun'],
  dynamodb,
  ecs: ['runTask'],
  eks: undefined,
  elasticmapreduce: undefined,
  'emr-containers': undefined,
  'emr-serverless': undefined,
  events: ['putEvents'],
  glue: ['startJobRun'],
  http: ['invoke'],
  lambda: ['invoke'],
  mediaconvert: ['createJob'],
  sagemaker: undefined,
  sns: ['publish'],
  sqs: ['sendMessage'],
  states: ['startExecution'],
};

/** What is wrong with the resource for a machine of the type, or undefined. */
export function resourceProblem(arn: string, express: boolean): string | undefined {
  const resource = parseResource(arn);
  const unknown = `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
  if (!resource) return unknown;
  if (resource.kind === 'activity') {
    return express ? 'Express state machine does not support Activity ARN' : undefined;
  }
  if (resource.kind === 'lambda') return undefined;
  if (!resource.service.startsWith('aws-sdk:')) {
    if (!Object.hasOwn(OPTIMIZED, resource.service)) return unknown;
    const operations = OPTIMIZED[resource.service];
    if (operations && !operations.includes(resource.operation)) return unknown;
  } else if (resource.pattern.startsWith('sync')) return unknown;
  if (!express) return undefined;
  if (resource.pattern === 'waitForTaskToken') {
    return "Express state machine does not support '.waitForTaskToken' service integration ";
  }
  if (resource.pattern.startsWith('sync')) return "Express state machine does not support '.sync' service integration";
  return undefined;
}
