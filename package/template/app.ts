// The CDK app: `npm run synth` writes the template, `npm run deploy` puts it into an account.

import { App } from 'aws-cdk-lib';
import { IdeaMinePipeline } from 'ideamine';

const app = new App();
new IdeaMinePipeline(app, 'MyPipeline', { pipeline: 'pipeline.yaml', agents: 'agents.ts' });
app.synth();
