import { describe, expect, it } from '@jest/globals';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { attachLimits } from '../../../agents/drafting/attach-limits.ts';
import { citing, citingAll } from '../../../agents/drafting/citing.ts';
import { ambiguitiesIn, gapsIn } from '../../../agents/drafting/findings.ts';
import { chooseStack } from '../../../agents/drafting/stack.ts';
import { unmeasuredIn } from '../../../agents/drafting/unmeasured-in.ts';
import { namesUser, userOf } from '../../../agents/drafting/users.ts';
import { passagesOf } from '../../../agents/text/passages.ts';
import { type Claim, unknownClaim } from '../../../core/artifacts/claim.ts';
import type { Requirement } from '../../../core/artifacts/idea-spec.ts';
import { unmeasured } from '../../../core/artifacts/measured.ts';
import type { UserStory } from '../../../core/artifacts/user-stories.ts';

await loadGrammar();

const said = (text: string): Claim => ({ text, cites: [{ source: 'Idea', pointer: '', start: 0, end: 1 }] });

describe('citing an earlier artifact', () => {
  it('repeats the statement and says where it stands', () => {
    expect(citing('PRD', '/goals/0', said('Less waste.'))).toEqual({
      text: 'Less waste.',
      cites: [{ source: 'PRD', pointer: '/goals/0/text', start: 0, end: 11 }],
    });
  });

  it('does not make a statement of what is unknown', () => {
    expect(citing('PRD', '/overview', unknownClaim())).toEqual(unknownClaim());
    expect(citingAll('PRD', '/goals', [unknownClaim(), said('B.')])).toEqual([citing('PRD', '/goals/1', said('B.'))]);
  });
});

describe('findings', () => {
  const content = { a: said('Members often wait.'), b: [said('Members often wait.'), unknownClaim()] };

  it('name each vague word of a sentence once', () => {
    expect(ambiguitiesIn('PRD', content).map(({ pointer, term }) => [pointer, term])).toEqual([['/a', 'often']]);
  });

  it('name each field nobody could ground', () => {
    expect(gapsIn('PRD', content).map(({ pointer, term }) => [pointer, term])).toEqual([['/b/1', 'b']]);
  });

  it('name each figure nobody measured', () => {
    expect(unmeasuredIn({ x: [1, { 'a/b': unmeasured('no tool') }] })).toEqual([
      { pointer: '/x/1/a~1b', reason: 'no tool' },
    ]);
  });
});

describe('the user of a statement', () => {
  const users = [said('Members borrow tools.'), said('The practice manager follows figures.')];

  it('is the one who acts, before one who is only named', () => {
    expect(userOf('The manager can write to members.', users).cites[0]?.pointer).toBe('/targetUsers/1/text');
    expect(userOf('The system sends members a letter.', users).cites[0]?.pointer).toBe('/targetUsers/0/text');
  });

  it('is unknown when nobody is named', () => {
    expect(userOf('The page loads.', users)).toEqual(unknownClaim());
    expect(namesUser('The page loads.', users)).toBe(false);
  });
});

describe('the technology', () => {
  const choose = (idea: string) =>
    Object.fromEntries(
      chooseStack(passagesOf('Idea', idea)).map(({ layer, choice, origin }) => [layer, [choice, origin]]),
    );

  it('is what the idea names, else the default, else unknown', () => {
    expect(choose('We run PostgreSQL already.')).toMatchObject({
      database: ['PostgreSQL', 'stated'],
      server: ['TypeScript on Node.js', 'default'],
      hosting: ['UNKNOWN', 'unknown'],
    });
  });

  it('is not what the idea rules out', () => {
    expect(choose('## Not now\n\nAn Android app.').client).toEqual(['web page served by the service', 'default']);
  });
});

describe('limits', () => {
  const limit = (id: string, text: string): Requirement => ({ id, statement: said(text), kind: 'quality' });
  const cut = (id: string, text: string, requirements: string[]) =>
    ({ id, want: said(text), acceptance: [said(text)], requirements }) as unknown as UserStory;

  it('go to the story they share most words with, if they share enough', () => {
    const stories = [cut('S1', 'A member can see tools.', ['R1']), cut('S2', 'A volunteer can record a loan.', ['R2'])];
    const limits = [
      limit('R3', 'A loan of a volunteer is kept for a year.'),
      limit('R4', 'Pages load fast for a member.'),
      limit('R2', 'A member can see tools.'),
    ];
    const [one, two] = attachLimits(stories, limits);
    expect(two?.requirements).toEqual(['R2', 'R3']);
    expect(two?.acceptance[1]?.cites[0]?.pointer).toBe('/requirements/0/statement/text');
    expect(one?.requirements).toEqual(['R1']);
  });
});
