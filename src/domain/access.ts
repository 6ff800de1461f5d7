import type { Whose } from './error-verdict.ts';
import type { UserPermissionFacts } from './explanation.ts';
import { type Extension, isUser } from './people.ts';
import type { Permission, PermissionScope } from './permissions.ts';
import type { PermissionAnswer, Verdict } from './reply.ts';

/** `limited`: open for a part. `unseen`: could not be looked at, for the reason that the layer gives. */
export type LayerState = 'open' | 'closed' | 'limited' | 'unseen';

/** What has to let somebody through, each as far as it can be seen. */
export type Layer =
  /** Whether the extension can act at all: its status, and whether its type can hold roles. */
  | { readonly layer: 'extension'; readonly state: LayerState; readonly status: string; readonly type: string }
  | { readonly layer: 'permission'; readonly state: LayerState; readonly why: string | null }
  | { readonly layer: 'reach'; readonly state: LayerState; readonly scopes: readonly PermissionScope[] }
  | {
      readonly layer: 'site';
      readonly state: LayerState;
      /** Names of the sites it is limited to. */
      readonly sites: readonly string[];
    }
  /** For calls through the API: the app permissions of documented calls that ask for this permission. */
  | {
      readonly layer: 'app';
      readonly state: LayerState;
      readonly needed: readonly string[];
      readonly missing: readonly string[];
    }
  | {
      readonly layer: 'feature';
      readonly state: LayerState;
      readonly features: readonly string[];
      /** RingCentral's reason code where it is not available. */
      readonly code: string | null;
      readonly why: FeatureUnseen | null;
    };

/** Why the feature was not looked at. */
export type FeatureUnseen = 'none-known' | 'others' | 'no-token' | 'not-decisive' | 'not-answered';

/** Why somebody can or cannot do something, layer by layer. */
export type AccessExplanation = {
  readonly answer: PermissionAnswer;
  readonly facts: UserPermissionFacts;
  readonly whose: Whose;
  readonly layers: readonly Layer[];
  /** Held permissions about the same thing. */
  readonly near: readonly Permission[];
};

/** How the extension itself stands: a disabled one can do nothing, and only users hold roles. */
export function extensionLayer(person: Extension): Layer {
  const { status, type } = person;
  const state = status === 'Enabled' && isUser(person) ? 'open' : 'closed';
  return { layer: 'extension', state, status, type };
}

/**
 * Decides whose problem a closed layer is; the first closed one decides, in the order in which they would stop somebody.
 *
 * @param verdict - what the person has of the permission
 * @param wantsMore - they were expected to reach others with it
 */
export function decideWhose(layers: readonly Layer[], verdict: Verdict, wantsMore: boolean): Whose {
  const closed = (name: Layer['layer']) => layers.find((each) => each.layer === name)?.state === 'closed';
  if (closed('extension')) return 'plan';
  if (verdict === 'no') return 'user';
  if (verdict === 'cannot-tell') return 'unknown';
  const feature = layers.find((each) => each.layer === 'feature');
  if (feature?.layer === 'feature' && feature.state === 'closed') {
    return feature.code === 'InsufficientPermissions' ? 'user' : 'plan';
  }
  if (wantsMore && verdict === 'self-only') return 'user';
  return closed('app') ? 'app' : 'works-now';
}
