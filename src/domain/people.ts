import type { AccountId, ExtensionId, ExtensionNumber, SiteId } from './ids.ts';

/** A business site of the account. */
export type Site = { readonly id: SiteId; readonly name: string };

/**
 * An endpoint of the account as the directory lists it.
 *
 * `type` and `status` stay text: RingCentral adds values, and a new one must not make people unreadable.
 */
export type Extension = {
  readonly id: ExtensionId;
  readonly number: ExtensionNumber;
  readonly name: string;
  readonly email: string | null;
  readonly type: string;
  readonly status: string;
  readonly department: string | null;
  readonly site: Site | null;
};

/**
 * Extension types that can hold roles.
 *
 * Changing roles of non-user extensions is not allowed (official guide, 2016); the list of user types is inferred
 * from provisioning tools that RingCentral's own services publish. `Limited` is left out on purpose: product policy
 * refuses to give roles to Limited extensions.
 */
const USER_TYPES: readonly string[] = ['User', 'DigitalUser', 'VirtualUser', 'FaxUser', 'FlexibleUser'];

/** Tells whether an extension is a person who can be given roles. */
export function isUser(extension: Extension): boolean {
  return USER_TYPES.includes(extension.type);
}

/** Account that the assistant serves. */
export type Account = {
  readonly id: AccountId;
  readonly name: string;
  /** IANA zone in which the account's people live and times are said; null when RingCentral tells none. */
  readonly zone: string | null;
};
