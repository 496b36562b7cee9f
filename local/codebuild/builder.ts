// What really carries a build out; the world is given one, or builds fail while their machine is provisioned.

export interface BuildJob {
  readonly id: string;
  readonly commands: readonly string[];
  /** Of the commands, in the folder of the source. */
  readonly variables: Readonly<Record<string, string>>;
  /** The primary source as it stands in S3: a zip. */
  readonly source: Uint8Array;
  /** Identifiers of the secondary sources. */
  readonly secondarySources: readonly string[];
  /** Whether it reaches anything but itself: a project in a VPC does not. */
  readonly network: boolean;
  readonly memoryBytes: number;
  readonly timeoutMs: number;
  /** Folder in the source whose files are the artifacts; undefined when none are wanted. */
  readonly artifactsFolder: string | undefined;
}

export interface BuildEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';
  /** `PROVISIONING` when nothing was run. */
  readonly phaseType: 'PROVISIONING' | 'DOWNLOAD_SOURCE' | 'BUILD' | 'UPLOAD_ARTIFACTS' | 'COMPLETED';
  /** For people: why it did not succeed; empty when it did. */
  readonly message: string;
  readonly artifacts: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface Builder {
  /** Builds that may run side by side. */
  readonly atOnce: number;
  /** Never rejects. */
  run(job: BuildJob, signal: AbortSignal): Promise<BuildEnd>;
}
