// A text that is no path.

export class PathError extends Error {}
