// A file system in memory, as much of one as a git library asks for: to know a commit's hash before there is a folder.

import type { PromiseFsClient } from 'isomorphic-git';

type Content = Uint8Array | 'folder';

class FileError extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

export function memoryFiles(): PromiseFsClient {
  const contents = new Map<string, Content>([['/', 'folder']]);
  const key = (path: string): string =>
    `/${path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/')}`;
  const parentOf = (path: string): string => key(path.split('/').slice(0, -1).join('/'));

  const find = (path: string): Content => {
    const found = contents.get(key(path));
    if (found === undefined) throw new FileError('ENOENT', path);
    return found;
  };
  const put = (path: string, content: Content): void => {
    if (contents.get(parentOf(key(path))) !== 'folder') throw new FileError('ENOENT', path);
    contents.set(key(path), content);
  };
  const stat = async (path: string) => {
    const content = find(path);
    const isFolder = content === 'folder';
    return {
      type: isFolder ? 'dir' : 'file',
      mode: isFolder ? 0o040000 : 0o100644,
      size: isFolder ? 0 : content.length,
      ino: 0,
      dev: 0,
      uid: 0,
      gid: 0,
      mtimeMs: 0,
      ctimeMs: 0,
      isFile: () => !isFolder,
      isDirectory: () => isFolder,
      isSymbolicLink: () => false,
    };
  };

  return {
    promises: {
      async readFile(path: string, options?: string | { readonly encoding?: string }) {
        const content = find(path);
        if (content === 'folder') throw new FileError('EISDIR', path);
        const encoding = typeof options === 'string' ? options : options?.encoding;
        return encoding === undefined ? content : new TextDecoder().decode(content);
      },
      async writeFile(path: string, data: string | Uint8Array) {
        put(path, typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data));
      },
      async mkdir(path: string) {
        if (contents.has(key(path))) throw new FileError('EEXIST', path);
        put(path, 'folder');
      },
      async readdir(path: string) {
        if (find(path) !== 'folder') throw new FileError('ENOTDIR', path);
        const inside = [...contents.keys()].filter((one) => one !== '/' && parentOf(one) === key(path));
        return inside.map((one) => one.split('/').at(-1) ?? '').sort();
      },
      async unlink(path: string) {
        find(path);
        contents.delete(key(path));
      },
      async rmdir(path: string) {
        find(path);
        contents.delete(key(path));
      },
      stat,
      lstat: stat,
      async readlink(path: string) {
        throw new FileError('EINVAL', path);
      },
      async symlink(_: string, path: string) {
        throw new FileError('EPERM', path);
      },
    },
  };
}
