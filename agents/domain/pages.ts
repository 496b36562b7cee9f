// The pages of a project as a browser asks for them: from the HTML files its stories are implemented in.

import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';

/** URL paths in order, such as `/` for `public/index.html`. */
export function pagesOf({ stories }: ImplementedStories): string[] {
  const files = stories.flatMap((story) => story.files.filter((path) => path.endsWith('.html')));
  return [
    ...new Set(files.map((path) => `/${path.replace(/^public\//, '').replace(/(^|\/)index\.html$/, '$1')}`)),
  ].sort();
}
