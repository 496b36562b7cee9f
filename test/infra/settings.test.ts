// Every setting has a default, takes what it should, and refuses the rest in one sentence.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { readSettings } from '../../infra/settings.ts';
import { root } from './synthesize.ts';

const settings = (context: Record<string, string>) => readSettings(new App({ context }).node);

it('has a default for everything', () => {
  expect(settings({})).toMatchObject({
    stage: 'dev',
    pipeline: 'pipelines/idea-to-release.yaml',
    removal: RemovalPolicy.RETAIN,
    observability: true,
    archive: true,
    customerKey: false,
    alarmTopic: undefined,
    runbooks: 'docs/runbook',
    spendUsdPerHour: 40,
  });
});

it('takes what it is told', () => {
  const alarmTopic = 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:on-duty';
  expect(settings({ archive: 'off', customerKey: 'on', alarmTopic, spendUsdPerHour: '2.5' })).toMatchObject({
    archive: false,
    customerKey: true,
    alarmTopic,
    spendUsdPerHour: 2.5,
  });
});

it.each([
  [{ stage: 'Prod!' }, 'context stage: found "Prod!", expected kebab-case of 20 characters at most'],
  [{ observability: 'no' }, 'context observability: found "no", expected on or off'],
  [{ alarmTopic: 'on-duty' }, 'context alarmTopic: found "on-duty", expected the ARN of an SNS topic'],
  [{ spendUsdPerHour: '0' }, 'context spendUsdPerHour: found "0", expected an amount above 0'],
  [{ spendUsdPerHour: 'much' }, 'context spendUsdPerHour: found "much", expected an amount above 0'],
  [{ runbooks: '' }, 'context runbooks: found "", expected a text'],
])('refuses %j', (context, sentence) => {
  expect(() => settings(context as unknown as Record<string, string>)).toThrow(sentence);
});

it('is listed for people, every one of them', () => {
  const page = readFileSync(join(root, 'docs/deploying.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  expect(listed).toEqual(expect.arrayContaining(Object.keys(settings({}))));
});
