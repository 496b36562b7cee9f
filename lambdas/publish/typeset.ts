// Sets the dossier's document as a PDF. Fonts travel in the bundle; nothing is read from disk or fetched, whatever a text says.

import pdfmake from 'pdfmake';
import fonts from 'pdfmake/build/vfs_fonts.js';
import type { PdfDocument } from '../../core/dossier/pdf/document.ts';

const INK = '#1c2430';
const QUIET = '#5b6470';
const LINE = '#d5dae0';

const STYLES = {
  kicker: { fontSize: 9, color: QUIET, characterSpacing: 1.5 },
  title: { fontSize: 28, bold: true, lineHeight: 1.05 },
  subtitle: { fontSize: 11, color: QUIET, margin: [0, 6, 0, 0] },
  lead: { fontSize: 12, margin: [0, 22, 0, 0], lineHeight: 1.35 },
  contents: { fontSize: 18, bold: true, margin: [0, 0, 0, 12] },
  chapter: { fontSize: 18, bold: true, margin: [0, 0, 0, 12] },
  heading: { fontSize: 12.5, bold: true, margin: [0, 14, 0, 4] },
  origin: { fontSize: 8, color: QUIET, margin: [0, 0, 0, 6] },
  name: { fontSize: 8.5, color: QUIET },
  head: { fontSize: 8, bold: true, color: QUIET },
  cell: { fontSize: 8.5 },
  cite: { fontSize: 7.5, color: QUIET },
  quiet: { fontSize: 8.5, color: QUIET },
  unknown: { italics: true, color: QUIET },
  code: { fontSize: 8 },
  verbatim: { fontSize: 8.5, lineHeight: 1.3 },
} as const;

const noLine = () => 0;
const LAYOUTS = {
  facts: {
    hLineWidth: noLine,
    vLineWidth: noLine,
    paddingLeft: (column: number) => (column === 0 ? 0 : 8),
    paddingRight: () => 0,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
  grid: {
    hLineWidth: (line: number) => (line === 0 ? 0 : 0.5),
    vLineWidth: noLine,
    hLineColor: () => LINE,
    paddingLeft: (column: number) => (column === 0 ? 0 : 6),
    paddingRight: () => 2,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
  card: {
    hLineWidth: () => 0.5,
    vLineWidth: (line: number) => (line === 0 ? 2 : 0),
    hLineColor: () => LINE,
    vLineColor: () => LINE,
    paddingLeft: () => 10,
    paddingRight: () => 4,
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
} as const;

/** A heading below this share of the page would stand alone at its foot. */
const LOWEST_HEADING = 0.84;

interface Placed {
  readonly headlineLevel?: number;
  readonly startPosition: { readonly verticalRatio: number };
}

/** The same document gives the same bytes: the one time in the file is the document's own. */
export async function typeset(document: PdfDocument): Promise<Uint8Array> {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  for (const [name, base64] of Object.entries(fonts)) {
    pdfmake.virtualfs.writeFileSync(name, Buffer.from(base64, 'base64'));
  }
  pdfmake.setFonts({
    Roboto: {
      normal: 'Roboto-Regular.ttf',
      bold: 'Roboto-Medium.ttf',
      italics: 'Roboto-Italic.ttf',
      bolditalics: 'Roboto-MediumItalic.ttf',
    },
  });
  pdfmake.setTableLayouts(LAYOUTS);
  const made = new Date(document.createdAt);
  return pdfmake
    .createPdf({
      info: {
        title: document.title,
        subject: document.subject,
        producer: 'IdeaMine',
        creationDate: made,
        modDate: made,
      },
      pageSize: 'A4',
      pageMargins: [56, 56, 56, 64],
      defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.2, color: INK },
      styles: STYLES,
      // The type setter writes into what it is given.
      content: structuredClone(document.content),
      footer: (page: number, pages: number) =>
        page === 1
          ? ''
          : {
              columns: [document.footer, { text: `${page} / ${pages}`, alignment: 'right', width: 'auto' }],
              fontSize: 7.5,
              color: QUIET,
              margin: [56, 24, 56, 0],
            },
      // Told by place, since a table that goes on behind a heading counts as following it even when none of it fits.
      pageBreakBefore: ({ headlineLevel, startPosition }: Placed) =>
        headlineLevel !== undefined && startPosition.verticalRatio > LOWEST_HEADING,
    })
    .getBuffer();
}
