// An OpenAPI document as a table of its operations; the document itself is in the dossier's JSON.

import type { Json } from '../../json.ts';
import { openApiSummary } from '../openapi-summary.ts';
import { grid, type Node } from './node.ts';

export function openApiNode(document: Json): Node {
  const { says, operations } = openApiSummary(document);
  const rows = operations.map(({ method, path, summary, stories }): Node[] => [
    { text: `${method} ${path}`, style: 'code' },
    summary,
    stories.join(', '),
  ]);
  return [says, grid([170, '*', 'auto'], ['Operation', 'What it does', 'Stories'], rows)];
}
