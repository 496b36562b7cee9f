// How the started service is put under load: long enough for a steady state, short enough for a gate that may be tried again.

export const LOAD = { seconds: 5, connections: 10 } as const;
