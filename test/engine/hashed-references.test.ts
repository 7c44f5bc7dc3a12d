import { describe, expect, it } from '@jest/globals';
import { hashed, ref, referencedNodes, resolveProps, unresolved } from '../../src/engine/references.ts';

describe('a text that names content with references by its hash', () => {
  const props = { publication: hashed('apigen:', { code: 'a', address: ref('websocket-api:chat', 'apiId') }) };
  const resolvedWith = (apiId: string) => resolveProps(props, () => ({ apiId }));

  it('refers to the nodes of its content', () => {
    expect(referencedNodes(props.publication)).toEqual(['websocket-api:chat']);
  });

  it('is not known before they are', () => {
    expect(resolveProps(props, () => undefined)).toBe(unresolved);
  });

  it('is the same for the same values, and another for others', () => {
    expect(resolvedWith('a1')).toEqual({ publication: expect.stringMatching(/^apigen:[0-9a-f]{32}$/) });
    expect(resolvedWith('a1')).toEqual(resolvedWith('a1'));
    expect(resolvedWith('a2')).not.toEqual(resolvedWith('a1'));
  });
});
