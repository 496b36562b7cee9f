// An OpenAPI document as a table of its operations; the document itself is in the dossier's JSON.

import { isRecord } from '../../gates/evidence/look.ts';
import type { Json } from '../../json.ts';
import { html, type Markup } from './markup.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export function renderOpenApi(document: Json): Markup {
  const { info, paths, components } = isRecord(document) ? document : {};
  const operations = Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = isRecord(item) ? item[method] : undefined;
      return isRecord(operation) ? [{ path, method, operation }] : [];
    }),
  );
  const schemas = isRecord(components) && isRecord(components.schemas) ? Object.keys(components.schemas) : [];
  const title = isRecord(info) ? `${String(info.title)} ${String(info.version)}` : 'API';
  return html`<p>${title}: ${operations.length} operations${schemas.length > 0 ? ` on ${schemas.join(', ')}` : ''}.</p>
<div class="scroll"><table><thead><tr><th scope="col">Operation</th><th scope="col">What it does</th><th scope="col">Stories</th></tr></thead><tbody>
${operations.map(
  ({ path, method, operation }) =>
    html`<tr><td><code>${method.toUpperCase()} ${path}</code></td><td>${String(operation.summary ?? '')}</td><td>${
      Array.isArray(operation['x-stories']) ? operation['x-stories'].map(String).join(', ') : ''
    }</td></tr>`,
)}
</tbody></table></div>`;
}
