import { accountScenarios } from './account-scenarios.ts';
import { callScenarios } from './calls-scenarios.ts';
import { roleScenarios } from './roles-scenarios.ts';
import type { Facts, Scenario } from './scenario.ts';
import { signInScenarios } from './sign-in-scenarios.ts';

/** Every operation of the official document with its requests. */
export function scenariosFor(facts: Facts): Readonly<Record<string, Scenario>> {
  return {
    ...accountScenarios(facts),
    ...roleScenarios(facts),
    ...callScenarios(facts),
    ...signInScenarios(facts),
  };
}
