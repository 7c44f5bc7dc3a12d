// Turns what AWS, the SDK or the network said into the one error a person reads: what could not be done to what, why,
// and what to do. AWS's own trace (service, operation, request id) is kept. Messages arrive here already redacted.

import { ApigenError, type ApigenErrorInit, type AwsTrace } from '../errors.ts';
import { type AwsCall, serviceTitles } from './aws-call.ts';
import type { AwsFault } from './aws-fault.ts';
import type { Verdict } from './classify-error.ts';
import { credentialsProblem } from './credentials-problem.ts';
import { describeCall } from './describe-call.ts';
import { isNotFound } from './is-not-found.ts';
import { isKnownRegion, nearestRegion } from './regions.ts';

export interface CallPlace {
  readonly region: string;
  readonly profile: string | undefined;
  /** The host the call went or would have gone to: `lambda.eu-west-1.amazonaws.com`. */
  readonly host: string | undefined;
  /** True when the endpoint was given by the user, as an emulator's. */
  readonly customEndpoint: boolean;
}

type Words = Pick<ApigenErrorInit, 'code' | 'detail' | 'hint'> & { readonly summary?: string };

export function translateError(call: AwsCall, fault: AwsFault, verdict: Verdict, place: CallPlace): ApigenError {
  const trace: AwsTrace = {
    service: call.service,
    operation: call.operation,
    requestId: fault.requestId,
    name: fault.name,
    status: fault.status,
  };
  const summary = `Cannot ${describeCall(call.operation, call.resource)}`;
  return new ApigenError({ summary, ...wordsFor(call, fault, verdict, place), cause: fault.exception, aws: trace });
}

function wordsFor(call: AwsCall, fault: AwsFault, verdict: Verdict, place: CallPlace): Words {
  const title = serviceTitles[call.service];
  const credentials = credentialsProblem(fault, place.profile);
  if (credentials !== undefined) return credentials;
  switch (verdict) {
    case 'unreachable':
      return unreachable(title, fault, place);
    case 'unanswered':
      return unanswered(title, fault, call);
    case 'throttled':
      return {
        code: 'THROTTLED',
        detail: `${title} kept refusing the call for its rate: ${fault.message}`,
        hint: 'apigen deploy    (run it again when less else calls AWS in this account; finished resources are skipped)',
      };
    case 'busy':
      return {
        code: 'RESOURCE_BUSY',
        detail: `It is still taking in an earlier change: ${fault.message}`,
        hint: 'wait a minute, then run the same command again',
      };
    case 'limit':
      return {
        code: 'LIMIT_REACHED',
        detail: `${title} has a limit that is reached: ${fault.message}`,
        hint: 'remove what is no longer used, or ask for more under "Service Quotas" in the AWS console',
      };
    case 'skewed':
      return {
        code: 'CLOCK_SKEW',
        detail: `AWS refuses the call because this machine's clock is wrong: ${fault.message}`,
        hint: 'set the clock (on Linux: sudo timedatectl set-ntp true), then run the same command again',
      };
    default:
      return refused(title, call, fault, place);
  }
}

function refused(title: string, call: AwsCall, fault: AwsFault, place: CallPlace): Words {
  if (isAccessDenied(fault)) return accessDenied(call, fault);
  if (fault.name === 'SyntaxError') return noAws(title, fault, place);
  const detail = `${title}: ${fault.message || fault.name}`;
  if (isNotFound(fault.exception)) return { code: 'RESOURCE_NOT_FOUND', detail, hint: 'apigen plan' };
  if (fault.status === 409) return { code: 'RESOURCE_CONFLICT', detail, hint: 'apigen plan' };
  return { code: 'AWS_REFUSED', detail, hint: 'run the same command again with --debug to see every call' };
}

/** Something else listens there: a web server, a captive portal, a proxy. */
function noAws(title: string, fault: AwsFault, place: CallPlace): Words {
  return {
    code: 'ENDPOINT_INVALID',
    summary: `What answers at ${place.host ?? title} is not AWS`,
    detail: `Its answer (status ${fault.status ?? 'unknown'}) cannot be read as ${title}'s.`,
    hint: place.customEndpoint
      ? 'correct AWS_ENDPOINT_URL, or unset it'
      : 'check the network for a proxy or a sign-in page',
  };
}

function isAccessDenied({ name, status, message }: AwsFault): boolean {
  return (
    /^AccessDenied|^UnauthorizedOperation|^NotAuthorized/.test(name) ||
    (status === 403 && /not authorized/i.test(message))
  );
}

/** AWS: "User: arn:… is not authorized to perform: lambda:CreateFunction on resource: arn:… because no …". */
function accessDenied(call: AwsCall, { message }: AwsFault): Words {
  const who = /User: (\S+)/.exec(message)?.[1];
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? `${call.service}:${call.operation}`;
  const resource = /on resource: (\S+)/.exec(message)?.[1]?.replace(/[.,]$/, '');
  const because = /(with an explicit deny[^.]*|because [^.]*)/.exec(message)?.[1];
  const where = resource === undefined ? '' : ` on ${resource}`;
  return {
    code: 'ACCESS_DENIED',
    detail: `${who ?? 'The AWS identity in use'} may not ${action}${where}${because === undefined ? '' : ` (${because})`}.`,
    hint: `allow ${action}${where} in that identity's IAM policy, or use another one: --profile NAME`,
  };
}

function unanswered(title: string, fault: AwsFault, call: AwsCall): Words {
  const what =
    fault.name === 'TimeoutError'
      ? `${title} did not answer within ${call.timeoutMs / 1000} s`
      : fault.status === undefined
        ? `The connection to ${title} broke (${fault.code ?? fault.name})`
        : `${title} failed on its side (${fault.status} ${fault.name})`;
  const open = call.mutates ? '; whether the call took effect will be found out by the next run' : '';
  return {
    code: 'AWS_UNAVAILABLE',
    detail: `${what}${open}.`,
    hint: 'run the same command again; finished resources are skipped',
  };
}

function unreachable(title: string, fault: AwsFault, place: CallPlace): Words {
  const host = place.host ?? title;
  if (place.customEndpoint) {
    return {
      code: 'ENDPOINT_UNREACHABLE',
      summary: `Nothing answers at ${host}`,
      detail: `Calls go there because an endpoint is set (${fault.code ?? fault.message}).`,
      hint: 'apigen local start    (or correct AWS_ENDPOINT_URL, or unset it)',
    };
  }
  if (!isKnownRegion(place.region) && (fault.code === 'ENOTFOUND' || fault.code === 'EAI_AGAIN')) {
    const nearest = nearestRegion(place.region);
    return {
      code: 'REGION_UNKNOWN',
      summary: `AWS has no region "${place.region}" that can be reached from here`,
      detail: `There is no host ${host} (${fault.code}).`,
      hint: `set "region: ${nearest ?? 'eu-west-1'}" in apigen.yml, or give --region`,
    };
  }
  return {
    code: 'ENDPOINT_UNREACHABLE',
    summary: `Cannot reach ${host}`,
    detail: `No connection to ${title} in ${place.region} (${fault.code ?? fault.message}).`,
    hint: 'check the network and any proxy or VPN, then run the same command again',
  };
}
