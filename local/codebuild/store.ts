// Projects and builds, kept in tables.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../service.ts';

/** As the SDK's CreateProject takes it. */
export interface Project {
  readonly name: string;
  readonly arn: string;
  readonly serviceRole: string;
  readonly source: { readonly type: string; readonly location?: string; readonly buildspec?: string };
  readonly secondarySources?: readonly { readonly sourceIdentifier?: string; readonly location?: string }[];
  readonly environment: {
    readonly computeType?: string;
    readonly environmentVariables?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly timeoutInMinutes?: number;
  readonly vpcConfig?: { readonly vpcId?: string };
}

type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED' | 'FAULT';

export interface Build {
  /** `<project>:<uuid>` */
  readonly id: string;
  readonly project: string;
  readonly status: BuildStatus;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly token?: string;
  readonly source: string;
  readonly artifacts?: { readonly location: string; readonly path?: string; readonly name?: string };
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Why it ended as it did, by the phase it ended in. */
  readonly phase?: { readonly phaseType: string; readonly message: string };
}

export class BuildStore {
  readonly #statements;

  constructor(db: DatabaseSync) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS codebuild_project (name TEXT PRIMARY KEY, project TEXT NOT NULL) WITHOUT ROWID, STRICT; ' +
        'CREATE TABLE IF NOT EXISTS codebuild_build (id TEXT PRIMARY KEY, project TEXT NOT NULL, token TEXT, ' +
        'running INTEGER NOT NULL, build TEXT NOT NULL) WITHOUT ROWID, STRICT',
    );
    this.#statements = {
      project: db.prepare('SELECT project FROM codebuild_project WHERE name = ?'),
      putProject: db.prepare('INSERT OR REPLACE INTO codebuild_project VALUES (?, ?)'),
      build: db.prepare('SELECT build FROM codebuild_build WHERE id = ?'),
      byToken: db.prepare('SELECT build FROM codebuild_build WHERE project = ? AND token = ?'),
      running: db.prepare('SELECT build FROM codebuild_build WHERE running = 1 ORDER BY id'),
      put: db.prepare('INSERT OR REPLACE INTO codebuild_build VALUES (?, ?, ?, ?, ?)'),
    };
  }

  findProject(name: string): Project | undefined {
    return read<Project>(this.#statements.project.get(name), 'project');
  }

  /** @throws ResourceNotFoundException */
  project(name: string): Project {
    const found = this.findProject(name);
    if (found === undefined) throw new AwsError('ResourceNotFoundException', `Project cannot be found: ${name}`);
    return found;
  }

  putProject(project: Project): void {
    this.#statements.putProject.run(project.name, JSON.stringify(project));
  }

  build(id: string): Build | undefined {
    return read<Build>(this.#statements.build.get(id), 'build');
  }

  byToken(project: string, token: string): Build | undefined {
    return read<Build>(this.#statements.byToken.get(project, token), 'build');
  }

  running(): Build[] {
    return this.#statements.running.all().map((row) => JSON.parse(String(row.build)) as Build);
  }

  put(build: Build): void {
    const { id, project, token, status } = build;
    this.#statements.put.run(id, project, token ?? null, status === 'IN_PROGRESS' ? 1 : 0, JSON.stringify(build));
  }
}

function read<T>(row: Record<string, unknown> | undefined, column: string): T | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row[column])) as T);
}
