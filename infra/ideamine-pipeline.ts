// A pipeline in a CDK app of one's own: one construct that holds its stack. What it does not take as a property it reads from
// context, as the built-in app does.

import { Construct } from 'constructs';
import type { IdeaMineStack } from './ideamine-stack.ts';
import { makeStack } from './make-stack.ts';
import { readSettings } from './settings.ts';

export interface IdeaMinePipelineProps {
  /** Path of the pipeline file. */
  readonly pipeline: string;
  /** Path of a module that exports `agents`, the project's own. @default - the built-in agents alone */
  readonly agents?: string;
  /** Part of every physical name. @default - context `stage`, or 'dev' */
  readonly stage?: string;
}

export class IdeaMinePipeline extends Construct {
  readonly stack: IdeaMineStack;

  /** @throws BadInput naming the file, line, field, what was found and what was expected. */
  constructor(scope: Construct, id: string, { pipeline, agents, stage }: IdeaMinePipelineProps) {
    super(scope, id);
    const settings = readSettings(this.node);
    this.stack = makeStack(this, 'Stack', {
      ...settings,
      pipeline,
      agents: agents ?? settings.agents,
      stage: stage ?? settings.stage,
      // The programs that measure are not part of the published package.
      tools: false,
    });
  }
}
