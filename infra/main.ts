// The CDK app: reads the settings, makes the stack, checks it and writes the template.
// Exit code 2 and a plain sentence when what it was given is wrong. Needs no credentials.

import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { toIdeaMineError } from '../core/errors.ts';
import { makeStack } from './make-stack.ts';
import { readSettings } from './settings.ts';

/** Errors of what was given, not of the app. */
const GIVEN: readonly string[] = ['IdeaMine.BadInput', 'IdeaMine.Unprovable'];

function main(): void {
  const app = new App({
    outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
    autoSynth: false,
    analyticsReporting: false,
    // Said here and not in cdk.json, so that the app makes the same template when it is run without the cdk command.
    postCliContext: CURRENTLY_RECOMMENDED_FLAGS,
  });
  const settings = readSettings(app.node);
  makeStack(app, 'IdeaMine', settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

try {
  main();
} catch (error) {
  if (!GIVEN.includes(toIdeaMineError(error).code)) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
