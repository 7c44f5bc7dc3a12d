// SNS mints an id for each subscription; here it is the same at every start.

import { createHash } from 'node:crypto';

/** `arn:aws:sns:eu-west-1:000000000000:shop-dev-signals:0c5ab8d7-…`. */
export function subscriptionArn(topicArn: string, endpoint: string): string {
  const hex = createHash('sha256').update(`${topicArn} ${endpoint}`).digest('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  return `${topicArn}:${id}`;
}
