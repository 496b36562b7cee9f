// The typeset document: everything the model holds that a reader needs, and nothing a text could smuggle in.

import { describe, expect, it } from '@jest/globals';
import { buildDossier } from '../../../core/dossier/build.ts';
import { pdfDocument } from '../../../core/dossier/pdf/document.ts';
import { valueNode } from '../../../core/dossier/pdf/value.ts';
import type { Json } from '../../../core/json.ts';
import { artifact, sourceOf } from './source-of.ts';

const claim = (text: string): Json => ({ text, cites: [{ source: 'Idea', pointer: '', start: 0, end: 5 }] });
const dossier = (rest = {}) => buildDossier(sourceOf(rest));

/** Every text of a node, in order. */
function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { text, ul, table, toc } = node as Record<string, unknown>;
  return [
    text,
    ul,
    (table as { body?: unknown } | undefined)?.body,
    (toc as { title?: unknown } | undefined)?.title,
  ].flatMap(textsOf);
}

describe('the document', () => {
  it('has a chapter for each section, a heading for each slot, the gates and the record', () => {
    const texts = textsOf(pdfDocument(dossier()).content);
    for (const expected of ['Contents', 'Completeness', 'Product', 'PRD', 'Coverage', 'Gates', 'The record', 'Costs'])
      expect(texts).toContain(expected);
  });

  it('names its version and its run, and says when the run ended, not when it was typeset', () => {
    const { canonical, measured } = dossier();
    const { title, subject, createdAt } = pdfDocument(dossier());
    expect(title).toBe(`${canonical.title} ${canonical.version}: release dossier`);
    expect([subject, createdAt]).toEqual([`Release dossier of run ${measured.runId}`, measured.endedAt]);
  });

  it('says of a slot that is not filled what is missing', () => {
    const texts = textsOf(pdfDocument(dossier()).content);
    expect(texts).toContain('UNMEASURED');
    expect(texts).toContain('MISSING');
    expect(texts.join('\n')).toMatch(/Lines \(/);
  });

  it('makes no text of an artifact a link, an image or a layout of its own', () => {
    const evil = { text: 'x', link: 'https://elsewhere.example', image: '/etc/passwd', table: { body: [] }, cites: [] };
    const { content } = pdfDocument(
      dossier({ artifacts: [artifact('PRD', { evil, list: [evil, { ...evil, stack: [] }] })] }),
    );
    const keys = new Set<string>();
    JSON.stringify(content, (key, value) => {
      keys.add(key);
      return value;
    });
    for (const forbidden of ['link', 'image', 'svg', 'qr', 'attachment', 'linkToDestination'])
      expect(keys).not.toContain(forbidden);
  });
});

describe('values', () => {
  it('gives like things a table and unlike things cards', () => {
    expect(
      valueNode([
        { id: 'a', of: claim('b') },
        { id: 'c', of: claim('d') },
      ]),
    ).toMatchObject({ table: { headerRows: 1 } });
    expect(valueNode([{ id: 'a', deep: { more: 1 } }])).toMatchObject([{ layout: 'card' }]);
  });

  it('leaves nothing of a table out', () => {
    const texts = textsOf(
      valueNode([
        { id: 'S1', of: claim('one') },
        { id: 'S2', of: claim('two'), open: true },
      ]),
    );
    expect(texts).toEqual(['ID', 'Of', 'Open', 'S1', 'one', '  Idea', '', 'S2', 'two', '  Idea', 'yes']);
  });

  it('says what is unmeasured, unknown or not there', () => {
    expect(textsOf(valueNode({ status: 'unmeasured', reason: 'no tool' })).join('')).toBe('UNMEASURED no tool');
    expect(textsOf(valueNode({ status: 'measured', value: 3, by: 'a tool 1.0' })).join('')).toContain(
      'measured by a tool 1.0',
    );
    expect(textsOf(valueNode('UNKNOWN'))).toEqual(['not known']);
    expect(textsOf(valueNode([]))).toEqual(['none']);
  });

  it('lets a hash break', () => {
    expect(textsOf(valueNode('a'.repeat(64)))[0]?.split('\u200b')).toHaveLength(4);
  });
});
