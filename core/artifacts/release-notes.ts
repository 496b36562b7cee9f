// ReleaseNotes (release): version, what is new, and what is known not to be verified.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id, text } from './fields.ts';

export const semver = z
  .string()
  .regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/)
  .describe('semantic version');

export const releaseNotesSchema = z.strictObject({
  version: semver,
  bump: z.enum(['first', 'major', 'minor', 'patch']).describe('why this version'),
  summary: claim('summary: what users can do now: stories, segments, title'),
  highlights: claims(
    'highlight: stories, title: the most useful things users can do now: search, record, send, show',
    4,
  ),
  entries: z
    .array(
      z.strictObject({
        story: id('S'),
        title: claim('the story in one line'),
        state: z.enum(['verified', 'failing', 'unverified']).describe('what its end-to-end test says'),
      }),
    )
    .describe('every story in the release'),
  knownLimits: z.array(text('what is not verified or not there')).describe('known limits'),
  changelog: z
    .array(
      z.strictObject({
        section: z.enum(['added', 'changed', 'fixed', 'removed', 'security']).describe('kind of change'),
        items: z.array(claim('one change')).describe('the changes of this kind'),
      }),
    )
    .describe('entries in the form of Keep a Changelog'),
});

export type ReleaseNotes = z.infer<typeof releaseNotesSchema>;
