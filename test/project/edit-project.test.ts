import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidProjectError } from '../../src/errors.ts';
import { editProject, functionEntry, modelEntry, routeEntry } from '../../src/project/edit-project.ts';

const TEXT = `name: shop # ours
models:
  Product: src/models/product.ts
apis:
  partner:
    type: rest
    auth: none
    routes:
      GET /products/{id}: src/products/get.handler
stages:
  prod: { apis: { partner: { routes: { GET /health: { mock: {}, auth: none } } } } }
`;

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apigen-edit-'));
  file = join(root, 'apigen.yml');
  writeFileSync(file, TEXT, { mode: 0o640 });
});
afterEach(() => rmSync(root, { recursive: true }));

const onDisk = () => readFileSync(file, 'utf8');

describe('editProject', () => {
  it('adds a model, a function and a route in one step, and hands back the project with them', async () => {
    const edit = await editProject(file, [
      modelEntry('Order', 'src/models/order.ts'),
      functionEntry('reindex', { handler: 'src/reindex.handler', access: { Order: 'scan' } }),
      routeEntry('partner', 'POST /orders', { handler: 'src/orders/create.handler', access: { Order: 'write' } }),
    ]);
    expect(onDisk()).toBe(TEXT);
    expect(Object.keys(edit.project.functions)).toEqual(['reindex', 'products-get', 'orders-create']);
    await edit.commit();
    expect(onDisk()).toBe(edit.text);
    expect(onDisk()).toContain(
      'name: shop # ours\nmodels:\n  Product: src/models/product.ts\n  Order: src/models/order.ts\n',
    );
  });

  it('keeps the mode of the file and leaves no other file behind', async () => {
    chmodSync(file, 0o600);
    const edit = await editProject(file, [modelEntry('Order', 'src/models/order.ts')]);
    await edit.commit();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(root)).toEqual(['apigen.yml']);
  });

  it('follows a link to the file and keeps the link', async () => {
    const link = join(root, 'link.yml');
    symlinkSync(file, link);
    await (await editProject(link, [modelEntry('Order', 'src/models/order.ts')])).commit();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(onDisk()).toContain('Order:');
  });

  it('refuses what is there already, with its line', async () => {
    await expect(editProject(file, [modelEntry('Product', 'x.ts')])).rejects.toMatchObject({
      code: 'ALREADY_THERE',
      detail: 'It stands in line 3.',
    });
  });

  it('refuses what would make the project invalid, and writes nothing', async () => {
    const conflict = editProject(file, [routeEntry('partner', 'GET /products/{name}', 'src/x.handler')]);
    await expect(conflict).rejects.toBeInstanceOf(InvalidProjectError);
    await expect(conflict).rejects.toMatchObject({
      summary: 'GET /products/{name} cannot be added to apigen.yml; nothing was written',
      problems: [{ code: 'DUPLICATE_ROUTE' }],
    });
    expect(onDisk()).toBe(TEXT);
  });

  it('checks the other stages too', async () => {
    const edit = editProject(file, [routeEntry('partner', 'GET  /health', 'src/health.handler')]);
    await expect(edit).rejects.toMatchObject({ problems: [{ code: 'DUPLICATE_ROUTE' }] });
  });

  it('refuses a file that is invalid before the edit', async () => {
    writeFileSync(file, 'name: X\n');
    await expect(editProject(file, [modelEntry('Order', 'x.ts')])).rejects.toMatchObject({
      problems: [{ code: 'INVALID_NAME' }],
    });
  });

  it('does not overwrite what someone else wrote in the meantime', async () => {
    const edit = await editProject(file, [modelEntry('Order', 'src/models/order.ts')]);
    writeFileSync(file, `${TEXT}# theirs\n`);
    await expect(edit.commit()).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect(onDisk()).toBe(`${TEXT}# theirs\n`);
    expect(readdirSync(root)).toEqual(['apigen.yml']);
  });
});
