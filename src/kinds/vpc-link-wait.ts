// Waiting for a VPC link: API Gateway makes its network interfaces for minutes before it can be used.

import { until } from '../aws/until.ts';
import { ApigenError } from '../errors.ts';

interface Status {
  readonly status: string | undefined;
  readonly message: string | undefined;
}

/** Minutes are usual. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html */
const longestMs = 10 * 60_000;

/**
 * Until it is AVAILABLE.
 * @throws ApigenError `VPC_LINK_FAILED` with AWS's reason
 */
export async function untilAvailable(name: string, look: () => Promise<Status>): Promise<void> {
  await until(
    async () => {
      const { status, message } = await look();
      if (status === 'FAILED') {
        throw new ApigenError({
          code: 'VPC_LINK_FAILED',
          summary: `API Gateway could not set up VPC link ${name}`,
          detail: message,
          hint: 'put right what it names (subnets, security groups, the load balancer), then apigen deploy',
        });
      }
      return status === 'AVAILABLE' || status === undefined ? true : undefined;
    },
    { timeoutMs: longestMs, describe: `VPC link ${name} to become available` },
  );
}
