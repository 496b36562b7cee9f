// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodebuild.html

import type { Permissions } from '../permissions.ts';

export const codebuildPermissions: Permissions = (operation, input, { region, accountId }) => {
  const on = (project: string) => ({
    action: `codebuild:${operation}`,
    resource: `arn:aws:codebuild:${region}:${accountId}:project/${project}`,
  });
  switch (operation) {
    case 'StartBuild':
      return [on(input.projectName)];
    // A build's permission is its project's.
    case 'BatchGetBuilds':
      return [...new Set<string>(input.ids.map(projectOf))].map(on);
    case 'StopBuild':
      return [on(projectOf(input.id))];
    case 'BatchGetProjects':
      return input.names.map(on);
    case 'CreateProject':
    case 'UpdateProject':
      return [on(input.name)];
    default:
      return undefined;
  }
};

const projectOf = (build: string): string => (build.split('/').at(-1) ?? build).split(':')[0] ?? build;
