// State names: what a person reads in the console's graph. Unique in a definition at any depth, 80 characters at most.

const LONGEST = 80;

export interface Names {
  /** The name itself, shortened and numbered where that is needed to be lawful and unique. */
  claim(wanted: string): string;
}

/** `taken` are names no one else may get. */
export function createNames(taken: readonly string[]): Names {
  const used = new Set(taken);
  return {
    claim(wanted) {
      let name = shortened(wanted, '');
      for (let number = 2; used.has(name); number += 1) name = shortened(wanted, ` (${number})`);
      used.add(name);
      return name;
    },
  };
}

function shortened(name: string, suffix: string): string {
  const room = LONGEST - suffix.length;
  return (name.length <= room ? name : `${name.slice(0, room - 1)}…`) + suffix;
}
