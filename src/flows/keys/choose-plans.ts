// Which deployed usage plans a key is put into: by name, or the only one there is.

import { ApigenError } from '../../errors.ts';
import type { StagePlan } from '../../kinds/api-keys.ts';
import type { Project } from '../../project/project.ts';

/**
 * @param wanted `free`, or `partner/free` where two APIs have a plan of that name; empty: the only one
 * @throws ApigenError `PLAN_UNKNOWN`, `PLAN_AMBIGUOUS` or `PLAN_NOT_DEPLOYED`
 */
export function choosePlans(
  project: Project,
  deployed: readonly StagePlan[],
  wanted: readonly string[],
): readonly StagePlan[] {
  const declared = declaredPlans(project);
  if (declared.length === 0) throw noPlans();
  const names = wanted.length === 0 && declared.length === 1 ? declared : wanted;
  if (names.length === 0) throw ambiguous('No plan was named', declared);
  return [...new Set(names)].map((name) => {
    const meant = declared.filter((plan) => plan === name || plan.endsWith(`/${name}`));
    const [only, other] = meant;
    if (only === undefined) throw unknown(name, declared);
    if (other !== undefined) throw ambiguous(`Several APIs have a plan ${name}`, meant);
    const plan = deployed.find((item) => item.name === only);
    if (!plan) throw notDeployed(project, only);
    return plan;
  });
}

/** `partner/free`. */
const declaredPlans = ({ apis }: Project): readonly string[] =>
  Object.values(apis).flatMap(({ name, plans }) => Object.keys(plans ?? {}).map((plan) => `${name}/${plan}`));

const noPlans = (): ApigenError =>
  new ApigenError({
    code: 'PLAN_UNKNOWN',
    summary: 'apigen.yml declares no usage plan',
    detail: 'A key without a plan opens nothing: routes with `key: required` want a key of a plan that covers them.',
    hint: 'add under a REST API: plans: { free: { rate: 5, burst: 10, quota: 1000/day } }',
  });

const unknown = (name: string, declared: readonly string[]): ApigenError =>
  new ApigenError({
    code: 'PLAN_UNKNOWN',
    summary: `There is no usage plan ${name}`,
    detail: `Plans in apigen.yml: ${declared.join(', ')}.`,
    hint: `--plan ${declared[0] ?? ''}`,
  });

const ambiguous = (summary: string, plans: readonly string[]): ApigenError =>
  new ApigenError({
    code: 'PLAN_AMBIGUOUS',
    summary,
    detail: `One of: ${plans.join(', ')}.`,
    hint: `--plan ${plans[0] ?? ''}`,
  });

const notDeployed = ({ stage }: Project, plan: string): ApigenError =>
  new ApigenError({
    code: 'PLAN_NOT_DEPLOYED',
    summary: `Usage plan ${plan} is not deployed on stage ${stage.name}`,
    hint: `apigen deploy --stage ${stage.name}`,
  });
