import { FEATURES } from '../account/dictionary.ts';
import { widestGrant } from '../gates.ts';
import { invalidParameter } from '../http/failure.ts';
import { ok } from '../http/reply.ts';
import { type Call, flag, type Operation } from './operation.ts';

const CAPABILITIES = 'AdvancedPermissionsCapabilities';

/** `FeatureInfo`. A missing permission is the caller's, not that of the extension in the path. */
function renderFeature({ world, caller, target }: Call, feature: { id: string; permission: string }): object {
  const grant = widestGrant(world.account, caller.extension, feature.permission, target);
  if (grant !== undefined) return { id: feature.id, available: true };
  return {
    id: feature.id,
    available: false,
    reason: {
      code: 'InsufficientPermissions',
      message: `[${feature.permission}] permission required`,
      permission: feature.permission,
    },
  };
}

function renderCapabilities(available: boolean): object {
  if (available) return { id: CAPABILITIES, available };
  const reason = { code: 'AccountLimitation', message: 'The account does not have this feature' };
  return { id: CAPABILITIES, available, reason };
}

function list(call: Call): object[] {
  const wanted = call.query.getAll('featureId');
  const known = new Set([CAPABILITIES, ...FEATURES.map((feature) => feature.id)]);
  if (wanted.some((id) => !known.has(id))) throw invalidParameter('featureId');
  const asked = (id: string) => wanted.length === 0 || wanted.includes(id);
  const rows = FEATURES.filter((feature) => asked(feature.id)).map((feature) => renderFeature(call, feature));
  if (asked(CAPABILITIES)) rows.push(renderCapabilities(call.world.switches.advancedPermissionsCapabilities));
  const availableOnly = flag(call.query, 'availableOnly', false);
  return availableOnly ? rows.filter((row) => (row as { available: boolean }).available) : rows;
}

/** Features of an extension: the official successor of permission checks. */
export const FEATURE_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'readExtensionFeatures',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}/features',
    group: 'Medium',
    availability: 'High',
    app: 'ReadAccounts',
    user: { permission: 'ReadExtensions', over: 'extension' },
    handle: (call) => ok({ records: list(call) }),
  },
];
