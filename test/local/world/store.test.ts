import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../../local/world/store.ts';
import { openWorld } from '../../../local/world.ts';
import { emptyFolder } from '../lambda/code-folder.ts';

const HOLDER = `
import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../../local/world/store.ts'))};
openStore(process.argv[2], 'full');
console.log('held');
setInterval(() => {}, 1000);
`;

async function holder(file: string): Promise<ReturnType<typeof spawn>> {
  const script = join(emptyFolder(), 'holder.ts');
  writeFileSync(script, HOLDER);
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

describe('a store', () => {
  it('is refused to a second process, which names the first', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const child = await holder(file);
    try {
      await expect(openWorld({ clock: { kind: 'real' }, file })).rejects.toThrow(
        `${file} is in use by process ${child.pid}`,
      );
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  });

  it('is free again when its process was killed', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const child = await holder(file);
    child.kill('SIGKILL');
    await once(child, 'close');
    const store = openStore(file, 'full');
    expect(store.durable).toBe(true);
    store.close();
  });

  it('is refused to a second world of the same process', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const world = await openWorld({ clock: { kind: 'virtual', start: 0 }, file });
    await expect(openWorld({ clock: { kind: 'virtual', start: 0 }, file })).rejects.toThrow(
      `in use by process ${process.pid}`,
    );
    await world.close();
    await (await openWorld({ clock: { kind: 'virtual', start: 0 }, file })).close();
  });

  it('can be looked at while its process writes, sees what was committed, and cannot be written', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const clock = { kind: 'virtual', start: 0 } as const;
    const writer = await openWorld({ clock, file });
    await writer.call('S3', 'CreateBucket', { Bucket: 'kept' });
    await writer.call('S3', 'PutObject', { Bucket: 'kept', Key: 'a', Body: 'one' });
    const reader = await openWorld({ clock, file, reading: true });
    expect((await reader.call('S3', 'HeadObject', { Bucket: 'kept', Key: 'a' })).ContentLength).toBe(3);
    await expect(reader.call('S3', 'PutObject', { Bucket: 'kept', Key: 'b', Body: 'two' })).rejects.toThrow();
    await writer.call('S3', 'PutObject', { Bucket: 'kept', Key: 'c', Body: 'three' });
    await reader.close();
    const later = await openWorld({ clock, file, reading: true });
    expect((await later.call('S3', 'HeadObject', { Bucket: 'kept', Key: 'c' })).ContentLength).toBe(5);
    await later.close();
    await writer.close();
  });

  it('that is not there cannot be looked at', async () => {
    const file = join(emptyFolder(), 'none.sqlite');
    await expect(openWorld({ clock: { kind: 'virtual', start: 0 }, file, reading: true })).rejects.toThrow(
      `${file} cannot be opened as a store`,
    );
  });

  it('that is no store is refused with its name', async () => {
    const file = join(emptyFolder(), 'notes.txt');
    writeFileSync(file, 'these are my notes, please keep them '.repeat(100));
    await expect(openWorld({ clock: { kind: 'virtual', start: 0 }, file })).rejects.toThrow(
      `${file} cannot be opened as a store`,
    );
  });

  it('commits with full synchronisation in write-ahead mode', () => {
    const store = openStore(join(emptyFolder(), 'world.sqlite'), 'full');
    const pragma = (name: string) => Object.values(store.db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous')]).toEqual(['wal', 2]);
    store.close();
  });

  it('keeps a virtual clock going forward, and ids from repeating, when it is opened again', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const ids: string[] = [];
    const times: number[] = [];
    for (let boot = 0; boot < 2; boot++) {
      const world = await openWorld({ clock: { kind: 'virtual', start: 1000 }, file, seed: 5 });
      times.push(world.fabric.clock.now());
      ids.push(world.fabric.random.uuid());
      world.fabric.timers.set(9000, () => {});
      await world.run(() => false);
      await world.close();
    }
    expect(times).toEqual([1000, 9000]);
    expect(ids[0]).not.toBe(ids[1]);
  });
});
