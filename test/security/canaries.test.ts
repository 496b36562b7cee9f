// Secrets are sown where text and keys come in: the idea, the worker's environment, a model API's error and answer, a tool's
// result. A run is made on real handlers, in real time, with a model behind HTTP; then everything there is gets searched.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateIdeaText } from '../../core/idea/validate-idea.ts';
import { type WireServer, wireServer } from '../agents/models/wire-server.ts';
import { type Attacked, attackedWorker } from './attacked-worker.ts';
import { canaries, foundIn } from './canary-secrets.ts';
import { type SownRun, sownRun } from './sown-run.ts';

const sown = canaries.map(({ text }, n) => `Note ${n}: the shed's account uses ${text} for now.`);
const idea = `# A shed that lends tools\n\nMembers reserve a drill for a day.\n\n${sown.join('\n\n')}\n`;

describe('fifty canary secrets', () => {
  it('are fifty, and would be found as they are, in Base64 and in hexadecimal', () => {
    expect(canaries).toHaveLength(50);
    expect(foundIn(idea)).toHaveLength(50);
    expect(foundIn(Buffer.from(idea).toString('base64')).length).toBeGreaterThan(45);
    expect(foundIn(Buffer.from(idea).toString('hex'))).toHaveLength(50);
    expect(foundIn('nothing')).toEqual([]);
  });

  it('are taken out of an idea, and nothing else is', () => {
    const check = validateIdeaText(idea);
    if (!check.ok) throw new Error(check.message);
    expect(foundIn(check.text)).toEqual([]);
    expect(check.text).toContain('Members reserve a drill for a day.');
    const harmless =
      'Each member has a password: at least twelve characters. A token is needed for the API: see below.\n';
    expect(validateIdeaText(harmless)).toEqual({ ok: true, text: harmless });
  });
});

describe('a run with secrets all around', () => {
  let run: SownRun;
  beforeAll(async () => {
    run = await sownRun(idea, canaries);
  }, 400_000);
  afterAll(() => run?.close());

  it('came to its end with a dossier, and a model was asked with the sown keys', () => {
    expect(run.status).toBe('SUCCEEDED');
    expect(run.modelCalls).toBeGreaterThan(0);
    expect(run.keysSeen).toContain(canaries[0]?.core);
  });

  it.each(['history', 'messages', 'logs', 'ledger', 'rows', 'objects', 'prompts'] as const)(
    'shows none in its %s',
    (place) => {
      const text = run.places[place];
      expect(text.length).toBeGreaterThan(100);
      expect(foundIn(text)).toEqual([]);
    },
  );
});

describe('a worker whose model and tools spill secrets', () => {
  let server: WireServer;
  let attacked: Attacked;
  let everything = '';
  let logged = '';
  const spill = canaries.map(({ text }) => text).join(' ; ');

  beforeAll(async () => {
    let calls = 0;
    server = await wireServer(() => {
      calls += 1;
      if (calls === 1) return { text: JSON.stringify({ call: { tool: 'typecheck', input: {} }, answer: null }) };
      return { status: 400, type: spill };
    });
    const worker = await attackedWorker({ modelUrl: server.url, keys: { ANTHROPIC_API_KEY: canaries[1]?.core ?? '' } });
    attacked = await worker.run({ runId: 'spill', idea: 'A shed.\n', file: 'x', tool: `read ${spill}` });
    everything = await worker.everything();
    logged = worker.log.join('\n');
    await worker.tables.world.close();
  }, 300_000);
  afterAll(() => server.close());

  it('keeps none of them: not of the tool’s result, nor of the API’s error, nor of its key', () => {
    expect(attacked.row.status).toBe('failed');
    expect(attacked.row.failures[0]?.code).toBe('IdeaMine.BadInput');
    expect(everything).toContain('[removed]');
    expect(foundIn(everything)).toEqual([]);
    expect(foundIn(logged)).toEqual([]);
    // The model got the result of the tool without them.
    expect(foundIn(server.calls.map(({ user }) => user).join('\n'))).toEqual([]);
  });
});
