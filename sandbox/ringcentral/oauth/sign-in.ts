import { type Extension, isUser } from '../account/model.ts';
import { grantsOf } from '../gates.ts';
import { type ApiFailure, oauthFailure } from '../http/failure.ts';
import type { World } from '../world.ts';

const MAY_SIGN_IN = ['Enabled', 'NotActivated'];

/**
 * Why an extension cannot get a token; null when it can. Being without ThirdPartyAppAccess shows here already, before
 * any token exists.
 */
export function signInObstacle(world: World, extension: Extension): ApiFailure | null {
  if (!isUser(extension)) {
    const message = `Login for ${extension.type} extension is not allowed.`;
    return oauthFailure('invalid_grant', 'OAU-105', message);
  }
  if (!MAY_SIGN_IN.includes(extension.status)) {
    const { status, errorCode } = world.switches.refusals.loginState;
    return oauthFailure('invalid_grant', errorCode, 'Extension is disabled or frozen', { status });
  }
  if (grantsOf(world.account, extension, 'ThirdPartyAppAccess').length === 0) {
    return oauthFailure('invalid_client', 'CMN-408', '[ThirdPartyAppAccess] permission required', {
      parameters: [{ parameterName: 'permissionName', parameterValue: 'ThirdPartyAppAccess' }],
    });
  }
  return null;
}

/** Tells whether a live token of the extension still works. */
export function maySignIn(extension: Extension): boolean {
  return MAY_SIGN_IN.includes(extension.status);
}
