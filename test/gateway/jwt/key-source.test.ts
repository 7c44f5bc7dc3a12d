import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createKeySource, KEYS_KEPT_MS } from '../../../src/gateway/jwt/key-source.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';

describe('keys of a token issuer', () => {
  let provider: IdentityProvider;
  beforeEach(async () => {
    provider = await startIdentityProvider();
  });
  afterEach(() => provider.close());

  it('are found through OpenID discovery, wherever the keys stand', async () => {
    const keys = createKeySource();
    expect(await keys.find(provider.issuer, 'key-1')).toBeDefined();
  });

  it('are found when the issuer is written with a trailing slash', async () => {
    expect(await createKeySource().find(`${provider.issuer}/`, 'key-1')).toBeDefined();
  });

  it('leave out keys that are not RSA or broken', async () => {
    const keys = createKeySource();
    expect(await keys.find(provider.issuer, 'ec')).toBeUndefined();
    expect(await keys.find(provider.issuer, 'broken')).toBeUndefined();
  });

  it('are fetched once for many requests at a time', async () => {
    const keys = createKeySource();
    await Promise.all(Array.from({ length: 20 }, () => keys.find(provider.issuer, 'key-1')));
    expect(provider.fetches()).toBe(1);
  });

  it('are kept for two hours', async () => {
    let now = 1_000_000;
    const keys = createKeySource({ now: () => now });
    await keys.find(provider.issuer, 'key-1');
    now += KEYS_KEPT_MS - 1;
    await keys.find(provider.issuer, 'key-1');
    expect(provider.fetches()).toBe(1);
    now += 1;
    await keys.find(provider.issuer, 'key-1');
    expect(provider.fetches()).toBe(2);
  });

  it('are fetched again for an unknown id after a rotation, but not for each made-up id', async () => {
    let now = 1_000_000;
    const keys = createKeySource({ now: () => now });
    await keys.find(provider.issuer, 'key-1');
    await provider.rotate();
    expect(await keys.find(provider.issuer, 'key-2')).toBeUndefined();
    expect(provider.fetches()).toBe(1);
    now += 10_000;
    expect(await keys.find(provider.issuer, 'key-2')).toBeDefined();
    expect(await keys.find(provider.issuer, 'made-up')).toBeUndefined();
    expect(provider.fetches()).toBe(2);
  });

  it.each(['error', 'huge', 'without-jwks-uri', 'silent'] as const)(
    'cannot be had from an issuer that answers badly (%s), and are asked for again afterwards',
    async (behaviour) => {
      const keys = createKeySource();
      provider.behave(behaviour);
      await expect(keys.find(provider.issuer, 'key-1')).rejects.toThrow(provider.issuer);
      provider.behave('well');
      expect(await keys.find(provider.issuer, 'key-1')).toBeDefined();
    },
  );
});
