import { describe, expect, it } from '@jest/globals';
import { problemsOf, projectOf } from './project-fixture.ts';

const model = (settings: string): string => `models:\n  Order: { file: src/order.ts, ${settings} }\n`;
const declared = (settings: string) => projectOf(model(settings)).models['Order'];
const problems = (settings: string): string => problemsOf(model(settings)).join('\n');
const key = (region: string): string => `arn:aws:kms:${region}:123456789012:key/1234abcd`;

describe("the settings of a model's table", () => {
  it('say how far back it can be restored, its class and its key', () => {
    expect(declared(`backups: { days: 7 }, class: infrequent-access, encryption: aws`)).toMatchObject({
      continuousBackups: true,
      recoveryDays: 7,
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
      encryption: 'aws',
    });
  });

  it('give a table with replicas the stream that keeps them', () => {
    expect(declared('replicas: [us-west-2]')).toMatchObject({
      replicas: { 'us-west-2': '' },
      stream: 'NEW_AND_OLD_IMAGES',
    });
    expect(declared('stream: keys-only')).toMatchObject({ stream: 'KEYS_ONLY' });
  });

  it.each([
    ['backups: { days: 36 }', 'must be a whole number of days from 1 to 35'],
    ['encryption: alias/mine', 'models.Order.encryption'],
    ['replicas: [us-west-9]', 'is no AWS region'],
    ['replicas: [eu-west-1]', 'name eu-west-1, where the table itself is'],
    ['replicas: [us-west-2], stream: keys-only', 'must be new-and-old-images'],
    ['replicas: [us-west-2], capacity: { read: 1, write: 1 }', 'must be on-demand'],
    [`replicas: [us-west-2], encryption: "${key('eu-west-1')}"`, 'need a key in us-west-2'],
    [`replicas: [{ region: us-west-2, key: "${key('us-west-2')}" }]`, 'give us-west-2 a key, while the table has none'],
  ])('are refused for %s', (settings, expected) => {
    expect(problems(settings)).toContain(expected);
  });
});
