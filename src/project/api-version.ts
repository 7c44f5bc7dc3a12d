// API versions: `--api-version v2` is an API Gateway API of its own beside v1, in the same stage.

import { UsageError } from '../errors.ts';
import type { Project } from './project.ts';

/** The version that goes without saying. */
export const FIRST_VERSION = 'v1';

/** The API version that a command is about. */
export const apiVersionOf = ({ apiVersion = FIRST_VERSION }: Pick<Project, 'apiVersion'>): string => apiVersion;

/** @throws UsageError `INVALID_API_VERSION` */
export function checkedApiVersion(version: string): string {
  if (/^v[1-9]\d{0,3}$/.test(version)) return version;
  const number = /\d+/.exec(version)?.[0]?.replace(/^0+/, '').slice(0, 4);
  throw new UsageError({
    code: 'INVALID_API_VERSION',
    summary: `--api-version ${version} is not an API version`,
    detail: 'It is v and a whole number from 1 on. It becomes part of names, aliases and paths in AWS.',
    hint: `--api-version v${number || 2}`,
  });
}

/** Oldest first: `v2` before `v10`. */
export const compareVersions = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1));
