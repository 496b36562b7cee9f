import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDossier } from '../../../core/dossier/build.ts';
import { escapeHtml, html } from '../../../core/dossier/html/markup.ts';
import { renderHtml } from '../../../core/dossier/html/page.ts';
import { renderValue } from '../../../core/dossier/html/value.ts';
import { inSchemaOrder } from '../../../core/dossier/schema-order.ts';
import { asTitle, inDuration, inMoment, inNumber, inPercent, inTime, inUsd } from '../../../core/dossier/words.ts';
import { evaluateGate } from '../../../core/gates/evaluate.ts';
import type { Json } from '../../../core/json.ts';
import { evidenceOf, say } from '../gates/evidence-of.ts';
import { artifact, sourceOf } from './source-of.ts';

const page = (rest = {}): string => renderHtml(buildDossier(sourceOf(rest)));

describe('markup', () => {
  it('escapes what is put in, and nothing that is markup already', () => {
    expect(
      html`<p title="${'"<&>\''}">${'<b>'}${html`<i>${'&'}</i>`}${[1, ' ', null, undefined, false]}</p>`.markup,
    ).toBe('<p title="&quot;&lt;&amp;&gt;&#39;">&lt;b&gt;<i>&amp;</i>1 </p>');
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)),
    );
    expect(escapeHtml('a\u0000b\u001bc\n')).toBe('a\ufffdb\ufffdc\n');
  });
});

describe('the page', () => {
  it('needs nothing beside it: no script, nothing loaded, a policy that allows none', () => {
    expect(page()).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page()).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page()).not.toMatch(/<script|<link|<img|<iframe|src=|@import|url\(/i);
  });

  it('lets no text of an idea, a model or a run become markup', () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'';
    const claim: Json = { text: evil, cites: [{ source: evil, pointer: evil, start: 0, end: 1 }] };
    const { run, phases } = sourceOf();
    const text = page({
      run: { ...run, name: evil, cause: evil, runId: evil },
      idea: evil,
      artifacts: [
        artifact('IdeaSpec', { title: claim, description: claim, [evil]: [{ [evil]: evil }] }),
        artifact('PRD', {
          a: { status: 'unmeasured', reason: evil },
          b: { status: 'measured', value: evil, by: evil },
          c: [{ path: evil, text: evil }],
        }),
        artifact('OpenAPI', {
          info: { title: evil, version: evil },
          paths: { [evil]: { get: { summary: evil, 'x-stories': [evil] } } },
        }),
      ],
      phases: phases.map((phase) => ({ ...phase, reason: evil })),
    });
    expect(text).not.toMatch(/<script|<img/i);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('has contents whose links all lead somewhere, and no id twice', () => {
    const text = page();
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  it('closes every element it opens', () => {
    const stack: string[] = [];
    for (const [, close, name, rest] of page().matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
      if (name === 'meta' || rest?.endsWith('/')) continue;
      if (close === '') stack.push(name as string);
      else expect(stack.pop()).toBe(name);
    }
    expect(stack).toEqual([]);
  });

  it('shows what is missing, what is unmeasured, what it cost and who decided', () => {
    const text = page();
    for (const part of [
      'Borrow Shed',
      '1 of 4',
      '<span class="tag warn">unmeasured</span>',
      'lines (no test runner)',
      '$0.00015',
      '1,200',
      '2 h 30 min',
      'score 0.5 is below 0.75',
      '22 Nov 2026, 10:30 UTC',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows a gate with its criteria, guards, issues and notes', () => {
    const gate = {
      minimum: 0.75,
      tries: 3,
      guards: [{ criterion: 'compilation' }],
      weights: { grounding: 0.5, feasibility: 0.5 },
    };
    const report = evaluateGate(gate, evidenceOf({ PRD: { a: say('lends tools') } }));
    const [build] = sourceOf().phases;
    const text = page({ phases: [{ ...build, report }] });
    for (const part of [
      'id="gate-build"',
      '<s>50 %</s> 100 %',
      'compilation is unmeasured: there is no SourceCode',
      'PRD.a cites nothing',
      'feasibility (judged) does not count',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says so when nothing was done', () => {
    const text = page({ artifacts: [], phases: [], entries: [] });
    expect(text).toContain('No phase began.');
    expect(text).toContain('No decision is on the ledger.');
  });

  it('is the same for the same dossier', () => {
    expect(page()).toBe(page());
  });
});

describe('a value', () => {
  it.each<[string, Json, string]>([
    [
      'a claim with its source',
      { text: 'Tools', cites: [{ source: 'Idea', pointer: '', start: 3, end: 8 }] },
      'Tools <span class="cite" title="Idea 3-8">Idea</span>',
    ],
    ['an unknown claim', { text: 'UNKNOWN', cites: [] }, '<span class="unknown">not known</span>'],
    [
      'an unmeasured figure',
      { status: 'unmeasured', reason: 'no tool' },
      '<span class="tag warn">unmeasured</span> <span class="reason">no tool</span>',
    ],
    [
      'a measured figure',
      { status: 'measured', value: 1234, by: 'jest 30' },
      '1,234 <span class="cite">measured by jest 30</span>',
    ],
    [
      'a file by its path and length',
      { path: 'src/a.ts', text: 'a\nb', serves: [] },
      '<code>src/a.ts</code> <span class="cite">2 lines</span>',
    ],
    ['short words in a row', ['a', 'b'], 'a, b'],
    ['an empty list', [], '<span class="none">none</span>'],
    ['like things as a table', [{ id: 'R1', kind: 'quality' }], '<th scope="col">ID</th><th scope="col">Kind</th>'],
    ['text of several lines as it is', 'graph TD\n a-->b', '<pre>graph TD\n a--&gt;b</pre>'],
    ['a number', 1234567, '1,234,567'],
    ['no', false, 'no'],
    ['nothing', null, 'not given'],
    ['a hash', 'ab'.repeat(32), `<code>${'ab'.repeat(32)}</code>`],
  ])('shows %s', (_, value, markup) => {
    expect(renderValue(value).markup).toContain(markup);
  });

  it('shows every text and number there is, whatever the shape', () => {
    const leaves = (json: Json): Json[] =>
      typeof json === 'object' && json !== null ? Object.values(json).flatMap((one) => leaves(one as Json)) : [json];
    const text = fc.stringMatching(/^[a-z<&]{3,12}$/).filter((word) => word !== 'unknown');
    const value = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(text, tie('json'), { maxKeys: 4 }),
      ),
    })).json as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, (json) => {
        const { markup } = renderValue(json);
        for (const leaf of leaves(json)) expect(markup).toContain(escapeHtml(String(leaf)));
      }),
    );
    const deep = { a: [{ b: [{ c: [{ d: 'deep down' }], e: { f: 7.5 } }] }] };
    expect(renderValue(deep).markup).toMatch(/deep down[\s\S]*7\.5/);
  });
});

it('shows fields in the order of the schema, unknown ones last', () => {
  const sorted = {
    description: 1,
    goals: 2,
    title: { cites: [], text: 'a' },
    zebra: 3,
    figures: [{ value: 1, unit: 'x', id: 'F1' }],
  };
  const ordered = inSchemaOrder('IdeaSpec', sorted as never) as { figures: object[] };
  expect(Object.keys(ordered)).toEqual(['title', 'description', 'goals', 'figures', 'zebra']);
  expect(Object.keys(ordered.figures[0] as object)).toEqual(['id', 'value', 'unit']);
  expect(inSchemaOrder('Nothing', sorted as never)).toBe(sorted);
});

describe('words', () => {
  it.each([
    [850, '850 ms'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [180_000_000, '2 d 2 h'],
    [3_600_000 + 5000, '1 h'],
  ])('%s ms is %s', (ms, text) => {
    expect(inDuration(ms)).toBe(text);
  });

  it.each([
    [0, '$0.00'],
    [1_500_000, '$1.50'],
    [150, '$0.00015'],
    [1, '$0.000001'],
    [1_234_567_890_000, '$1,234,567.89'],
  ])('%s micro-USD is %s', (micros, text) => {
    expect(inUsd(micros)).toBe(text);
  });

  it('money loses nothing', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (micros) => {
        const [whole = '', fraction = ''] = inUsd(micros).replace(/[$,]/g, '').split('.');
        expect(Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'))).toBe(micros);
      }),
    );
  });

  it('percent is cut, time is UTC, names read', () => {
    expect([0.9996, 0.29, 1].map(inPercent)).toEqual(['99.9 %', '29 %', '100 %']);
    expect(inTime('2026-11-22T19:31:59.000Z')).toBe('22 Nov 2026, 19:31 UTC');
    expect(inMoment('2026-11-22T19:31:59.000Z')).toBe('22 Nov 19:31:59');
    expect([inTime('soon'), inMoment('soon')]).toEqual(['soon', 'soon']);
    expect(inNumber(1000)).toBe('1,000');
    expect(
      [
        'targetUsers',
        'user-stories',
        'prd',
        'OpenAPI',
        'IdeaSpec',
        'uxFlows',
        'sha256',
        'operationId',
        'GTMStrategy',
      ].map(asTitle),
    ).toEqual([
      'Target users',
      'User stories',
      'PRD',
      'OpenAPI',
      'Idea spec',
      'UX flows',
      'SHA-256',
      'Operation ID',
      'GTM strategy',
    ]);
  });
});
