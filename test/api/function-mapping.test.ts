// Functions behind templates, from apigen.yml to what the function gets and what the client gets.

import { describe, expect, it } from '@jest/globals';
import { answerOf, definitionOf } from './api-fixture.ts';

const definition = definitionOf(
  `apis:
  p:
    type: rest
    auth: none
    routes:
      POST /orders/{id}:
        handler: src/a.handler
        mapping:
          template: '{"id":"$input.params(''id'')","total":$input.json(''$.total''),"who":"$context.identity.sourceIp"}'
          responses:
            200: { template: '{"made":$input.json(''$.order'')}', headers: { X-Kind: order, X-Order: $response.body.order } }
            404: { pattern: "No such.*", template: '{"message":"$input.path(''$.errorMessage'')"}' }
            500: { pattern: '(\\n|.)+', template: '{"message":"Internal server error"}' }
`,
  'rest',
);

async function call(answers: unknown, failed = false) {
  const events: string[] = [];
  const sent = { method: 'POST', path: '/orders/7', body: '{"total":12}' };
  const answer = await answerOf(definition, sent, undefined, async (_name, event) => {
    events.push(event);
    const payload = JSON.stringify(answers);
    return failed ? { type: 'error', payload } : { type: 'success', payload };
  });
  return { ...answer, event: JSON.parse(events[0] ?? 'null') };
}

describe('a function behind a mapping', () => {
  it('gives the function what its template makes of the request, and the client what another makes of the answer', async () => {
    const { status, body, headers, event } = await call({ order: 'o-1', secret: 'x' });
    expect(event).toEqual({ id: '7', total: 12, who: '127.0.0.1' });
    expect([status, body, headers.get('x-kind'), headers.get('x-order')]).toEqual([
      200,
      '{"made":"o-1"}',
      'order',
      'o-1',
    ]);
  });

  it('answers an error by the first pattern that its message matches', async () => {
    expect(await call({ errorMessage: 'No such order', errorType: 'Error' }, true)).toMatchObject({
      status: 404,
      body: '{"message":"No such order"}',
    });
    expect(await call({ errorMessage: 'it broke', errorType: 'Error' }, true)).toMatchObject({
      status: 500,
      body: '{"message":"Internal server error"}',
    });
  });
});
