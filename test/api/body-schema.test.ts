import { describe, expect, it } from '@jest/globals';
import { bodySchema } from '../../src/api/body-schema.ts';
import type { BodyRule, RouteDeclaration } from '../../src/project/project.ts';
import { specOfSchema } from '../models/product.ts';
import { problemsOf } from '../project/project-fixture.ts';

const schema =
  "name: { type: String, required: true }, price: Number, state: { type: String, required: true, default: 'new' }";

async function bodyOf(rule: Partial<BodyRule & { type: 'model' }>, path = '/products') {
  const spec = await specOfSchema(schema, '{ timestamps: true }');
  const route = { path } as RouteDeclaration;
  const body = bodySchema(
    route,
    { type: 'model', model: 'Product', omit: [], optional: [], partial: false, ...rule },
    { models: { Product: spec } },
  );
  return {
    properties: Object.keys((body?.['properties'] ?? {}) as object),
    required: body?.['required'],
    open: body?.['additionalProperties'] !== false,
  };
}

describe('the body of a model', () => {
  it('leaves out timestamps and attributes with a default', async () => {
    expect(await bodyOf({})).toEqual({
      properties: ['id', 'name', 'price'],
      required: ['id', 'name'],
      open: false,
    });
  });

  it('leaves out a key that the path gives', async () => {
    expect(await bodyOf({ partial: true }, '/products/{id}')).toEqual({
      properties: ['name', 'price'],
      required: undefined,
      open: false,
    });
  });

  it('may have what is optional, a key or an attribute with a default included', async () => {
    expect(await bodyOf({ optional: ['id', 'state'] })).toEqual({
      properties: ['id', 'name', 'price', 'state'],
      required: ['name'],
      open: false,
    });
    expect(await bodyOf({ partial: true, optional: ['state'] }, '/products/{id}')).toMatchObject({
      properties: ['name', 'price', 'state'],
    });
  });

  it('may have what is optional beside what is picked', async () => {
    expect(await bodyOf({ pick: ['name'], optional: ['price'] })).toMatchObject({
      properties: ['name', 'price'],
      required: ['name'],
    });
  });
});

it('an attribute cannot be both omitted and optional', () => {
  const problems = problemsOf(`models: { Product: src/product.ts }
apis:
  p:
    type: http
    auth: none
    routes:
      POST /a: { handler: src/a.handler, body: { model: Product, omit: [x, y], optional: [y] } }
`);
  expect(problems.join('\n')).toContain('both omits y and has it optional');
});
