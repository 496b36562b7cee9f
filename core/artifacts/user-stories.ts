// UserStories (prd): what users do with the product, cut small, each traced to requirements.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id, ids } from './fields.ts';

const userStorySchema = z.strictObject({
  id: id('S'),
  title: claim('the story in one line'),
  asA: claim('the user who does it'),
  want: claim('what the user does or gets'),
  soThat: claim('benefit: why the user wants it, what it saves, prevents or makes possible'),
  acceptance: claims('acceptance: what can be observed when it works; rule, limit, condition, must', 4),
  requirements: ids('R', 'the requirements it serves'),
  dependsOn: ids('S', 'stories that must be there first; never forms a cycle'),
});

export const userStoriesSchema = z.strictObject({
  stories: z.array(userStorySchema).describe('the stories, in the order of the requirements'),
});

export type UserStories = z.infer<typeof userStoriesSchema>;
export type UserStory = z.infer<typeof userStorySchema>;
