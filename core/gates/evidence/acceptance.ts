// Acceptance tests by story, as far as they were run.

import type { AcceptanceTestResults } from '../../artifacts/acceptance-test-results.ts';
import type { ImplementedStories } from '../../artifacts/implemented-stories.ts';
import type { UserStories } from '../../artifacts/user-stories.ts';
import { type Evidence, type Unmeasured, unmeasured } from '../criterion.ts';
import { contentOf } from './look.ts';

export interface Acceptance {
  /** Tests, those that were not run included. */
  readonly tests: number;
  readonly passed: number;
  readonly notRun: number;
  readonly stories: readonly string[];
  /** Stories all of whose tests passed; a story without tests is none. */
  readonly accepted: readonly string[];
}

/** Unmeasured when no test was run at all. A test that was not run is not one that passed. */
export function acceptanceOf(evidence: Evidence): Acceptance | Unmeasured {
  const results = contentOf<AcceptanceTestResults>(evidence, 'AcceptanceTestResults')?.results;
  if (results === undefined) return unmeasured('there are no AcceptanceTestResults');
  if (results.length === 0) return unmeasured('there are no acceptance tests');
  const notRun = results.filter(({ outcome }) => outcome.status !== 'measured');
  const [first] = notRun;
  if (first !== undefined && notRun.length === results.length) {
    return unmeasured(
      `no acceptance test was run: ${first.outcome.status === 'unmeasured' ? first.outcome.reason : ''}`,
    );
  }
  const stories = storyIds(
    evidence,
    results.map(({ story }) => story),
  );
  const passes = ({ outcome }: (typeof results)[number]): boolean =>
    outcome.status === 'measured' && outcome.value === 'passed';
  const accepted = stories.filter((story) => {
    const own = results.filter((result) => result.story === story);
    return own.length > 0 && own.every(passes);
  });
  return { tests: results.length, passed: results.filter(passes).length, notRun: notRun.length, stories, accepted };
}

function storyIds(evidence: Evidence, tested: readonly string[]): string[] {
  const planned = contentOf<UserStories>(evidence, 'UserStories')?.stories?.map(({ id }) => id) ?? [];
  const taken = contentOf<ImplementedStories>(evidence, 'ImplementedStories')?.stories?.map(({ story }) => story) ?? [];
  return [...new Set([...planned, ...taken, ...tested])];
}
