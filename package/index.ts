// `ideamine`: the construct for a CDK app of one's own.

export { IdeaMinePipeline, type IdeaMinePipelineProps } from '../infra/ideamine-pipeline.ts';
