import { describe, expect, it } from '@jest/globals';
import { passagesOf } from '../../../agents/text/passages.ts';

const said = (text: string) => ({ text, cites: [{ source: 'Idea', pointer: '', start: 0, end: 1 }] });

describe('passages', () => {
  it('takes statements of an artifact whole, labelled by the fields they are in', () => {
    const content = { targetUsers: [said('Members. And more.')], kind: 'functional', id: 'R1' };
    expect(passagesOf('IdeaSpec', content)).toEqual([
      {
        text: 'Members. And more.',
        label: 'target users',
        cite: { source: 'IdeaSpec', pointer: '/targetUsers/0/text', start: 0, end: 18 },
      },
    ]);
  });

  it('leaves out UNKNOWN, marks of the machine, and text of several lines', () => {
    const content = {
      problem: said('UNKNOWN'),
      reason: 'no tool worker is here',
      mermaid: 'flowchart of the system',
      files: [{ path: 'a', text: 'line one is here\nline two' }],
    };
    expect(passagesOf('ArchitectureDoc', content)).toEqual([]);
  });

  it('escapes names in pointers', () => {
    expect(passagesOf('OpenAPI', { 'a/b~c': said('A thing.') })[0]?.cite.pointer).toBe('/a~1b~0c/text');
  });

  it('keeps to what is below a pointer', () => {
    const content = { goals: [said('A goal.')], goalsOld: [said('An old goal.')] };
    expect(passagesOf('PRD', content, '/goals').map(({ text }) => text)).toEqual(['A goal.']);
  });
});
