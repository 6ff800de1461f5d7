declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Account id in RingCentral. A number on the wire that may exceed 2^31; text here. */
export type AccountId = Branded<'AccountId'>;
/** Internal id of an extension, never its short number. */
export type ExtensionId = Branded<'ExtensionId'>;
/** Role id; text on the wire and here. */
export type RoleId = Branded<'RoleId'>;
/** Permission id such as `ReadCallLog`. */
export type PermissionId = Branded<'PermissionId'>;
/** Site id; `main-site` for the main site. */
export type SiteId = Branded<'SiteId'>;
/** The short number that people dial and say, such as `102`. */
export type ExtensionNumber = Branded<'ExtensionNumber'>;

const NUMERIC = /^[0-9]{1,19}$/;
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

function parse<T extends string>(value: string | number, pattern: RegExp, what: string): T {
  const text = String(value);
  if (!pattern.test(text)) throw new TypeError(`not ${what}: ${JSON.stringify(text.slice(0, 40))}`);
  return text as T;
}

/** Reads an account id from either of its wire forms. @throws {TypeError} when it is not numeric */
export function accountId(value: string | number): AccountId {
  return parse(value, NUMERIC, 'an account id');
}

/** Reads an extension id from either of its wire forms. @throws {TypeError} when it is not numeric */
export function extensionId(value: string | number): ExtensionId {
  return parse(value, NUMERIC, 'an extension id');
}

/** Reads a role id. @throws {TypeError} when it holds more than letters, digits, dot, dash, underscore */
export function roleId(value: string | number): RoleId {
  return parse(value, NAME, 'a role id');
}

/** Reads a permission id. @throws {TypeError} when it holds more than letters, digits, dot, dash, underscore */
export function permissionId(value: string): PermissionId {
  return parse(value, NAME, 'a permission id');
}

/** Reads a site id. @throws {TypeError} when it holds more than letters, digits, dot, dash, underscore */
export function siteId(value: string | number): SiteId {
  return parse(value, NAME, 'a site id');
}

/** Reads an extension's short number. @throws {TypeError} when it is not one to nineteen digits */
export function extensionNumber(value: string | number): ExtensionNumber {
  return parse(value, NUMERIC, 'an extension number');
}
