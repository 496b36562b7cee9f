// A bill of materials as a table of its components; the CycloneDX document itself is in the dossier's JSON.

import { isRecord } from '../../gates/evidence/look.ts';
import type { Json } from '../../json.ts';
import { grid, type Node } from './node.ts';
import { valueNode } from './value.ts';

export function sbomNode(content: Json): Node {
  if (!isRecord(content) || !isRecord(content.document)) return valueNode(content);
  const { document, ...others } = content;
  const { bomFormat, specVersion, components } = document;
  const list = Array.isArray(components) ? components.filter(isRecord) : [];
  const rows = list.map((component): Node[] => [
    text(component.name),
    text(component.version),
    licencesOf(component.licenses),
    text(component.type),
    text(component.scope),
  ]);
  return [
    `${text(bomFormat)} ${text(specVersion)}, ${list.length} ${list.length === 1 ? 'component' : 'components'}.`,
    ...(rows.length === 0
      ? []
      : [grid(['*', 'auto', 'auto', 'auto', 'auto'], ['Component', 'Version', 'Licence', 'Type', 'Scope'], rows)]),
    valueNode(others),
  ];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function licencesOf(licenses: Json | undefined): string {
  if (!Array.isArray(licenses)) return '';
  const names = licenses.filter(isRecord).map(({ license, expression }) => {
    const { id, name } = isRecord(license) ? license : {};
    return text(expression) || text(id) || text(name);
  });
  return names.join(', ');
}
