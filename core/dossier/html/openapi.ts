// An OpenAPI document as a table of its operations; the document itself is in the dossier's JSON.

import type { Json } from '../../json.ts';
import { openApiSummary } from '../openapi-summary.ts';
import { html, type Markup } from './markup.ts';

export function renderOpenApi(document: Json): Markup {
  const { says, operations } = openApiSummary(document);
  return html`<p>${says}</p>
<div class="scroll"><table><thead><tr><th scope="col">Operation</th><th scope="col">What it does</th><th scope="col">Stories</th></tr></thead><tbody>
${operations.map(
  ({ path, method, summary, stories }) =>
    html`<tr><td><code>${method} ${path}</code></td><td>${summary}</td><td>${stories.join(', ')}</td></tr>`,
)}
</tbody></table></div>`;
}
