import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const model = (attributes: string): string => `import * as dynamoose from 'dynamoose';
export const Product = dynamoose.model('Product', new dynamoose.Schema({ ${attributes} }));
`;
const before = `id: { type: String, hashKey: true }, name: String, price: Number`;
const yaml = `name: changing
region: eu-west-1
models: { Product: src/product.ts }
functions: { list: src/list.handler }
`;

describe('a model that changes', () => {
  let project: TemporaryProject;
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const apigen = (...args: readonly string[]) => runCli(args, { cwd: project.root, env });
  const remarks = async (...args: readonly string[]): Promise<Readonly<Record<string, string>>> => {
    const { models } = JSON.parse((await apigen('plan', '--json', ...args)).stdout);
    return Object.fromEntries(models.map((remark: { subject: string; text: string }) => [remark.subject, remark.text]));
  };

  beforeAll(async () => {
    project = await temporaryProject({
      'apigen.yml': yaml,
      'src/product.ts': model(before),
      'src/list.ts': `import { Product } from './product';\nexport const handler = async () => Product.query('id').eq('a').exec();\n`,
    });
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    for (const id of ['a', 'b', 'c']) {
      const { code } = await apigen(
        'tables',
        'put',
        'Product',
        JSON.stringify({ id, name: id === 'a' ? 'A' : undefined }),
      );
      expect(code).toBe(0);
    }
  });
  afterAll(async () => {
    await apigen('destroy', '--confirm', 'changing/dev', '--allow-data-loss', 'changing-dev-Product');
    await project.remove();
  });

  it('says nothing while it stays', async () => {
    expect(await remarks()).toEqual({});
  });

  it('says what each change means for the items that are stored, and counts them on request', async () => {
    const after = `id: { type: String, hashKey: true }, name: { type: String, required: true }, colour: String,
      day: { type: String, index: { name: 'byDay' } }`;
    await project.write({ 'src/product.ts': model(after) });
    expect(await remarks()).toEqual({
      name: expect.stringMatching(/is required now; items stored before may lack it.*--count-items/),
      colour: 'Product.colour: new; items without it stay as they are',
      day: 'Product.day: new; items without it stay as they are',
      price: expect.stringContaining('is no longer in the model; stored values stay'),
      byDay: expect.stringMatching(
        /a new index of about 3 items: at most 3 write units, at most \$0\.00, and the deploy waits/,
      ),
    });
    expect((await remarks('--count-items'))['name']).toContain('2 of 3 items looked at lack it');
    const text = await apigen('plan');
    expect(text.stdout).toContain('! Product.name: is required now');
  });

  it('refuses another key, and says what to do instead', async () => {
    await project.write({ 'src/product.ts': model(`sku: { type: String, hashKey: true }, name: String`) });
    expect((await remarks())['']).toContain('the key id → sku makes another table');
    const { code, stderr } = await apigen('deploy', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('changing-dev-Product');
  });

  it('is bad usage for a sample of no number', async () => {
    const { code, stderr } = await apigen('plan', '--count-items', 'few');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--count-items few is no number of items')]);
  });
});
