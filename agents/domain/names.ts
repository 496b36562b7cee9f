// One thing's name in the forms that code, paths and tables want.

function parts(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
}

export function pascal(name: string): string {
  return parts(name)
    .map((part) => (part[0] ?? '').toUpperCase() + part.slice(1))
    .join('');
}

export function camel(name: string): string {
  const joined = pascal(name);
  return (joined[0] ?? '').toLowerCase() + joined.slice(1);
}

export function kebab(name: string): string {
  return parts(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2'))
    .join('-')
    .toLowerCase();
}

/** Regular English plural of the last word; irregular ones come out regular, which is ugly in a path and harmless. */
export function plural(name: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return `${name}s`;
}
