/** Words that the top level of an error body uses in place of the code, where captures show one. */
const TOP_LEVEL_WORDS: Readonly<Record<string, string>> = {
  'CMN-401': 'InsufficientPermissions',
  'CMN-101': 'InvalidParameter',
  'OAU-213': 'TokenInvalid',
};

export type Extra = Readonly<Record<string, string>>;

/** An answer other than success: status, headers and JSON body, thrown by whoever finds the reason. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly errorCode: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errorCode: string,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(errorCode);
    this.status = status;
    this.errorCode = errorCode;
    this.body = body;
    this.headers = headers;
  }
}

/**
 * The usual body: `errorCode` and `message` on top and once more in `errors[0]`, with the extra field in both.
 * `topWord` overrides what stands on top; the code in `errors[0]` never changes.
 */
export function failure(
  status: number,
  code: string,
  message: string,
  extra: Extra = {},
  options: { topWord?: string; headers?: Readonly<Record<string, string>> } = {},
): ApiFailure {
  const top = options.topWord ?? TOP_LEVEL_WORDS[code] ?? code;
  const body = { errorCode: top, message, errors: [{ errorCode: code, message, ...extra }], ...extra };
  return new ApiFailure(status, code, body, options.headers);
}

/** Body of the directory service, which has no top level: `{ errors: [...] }`. */
export function directoryFailure(status: number, code: string, message: string, parameterName?: string): ApiFailure {
  const error = { errorCode: code, message, ...(parameterName === undefined ? {} : { parameterName }) };
  return new ApiFailure(status, code, { errors: [error] });
}

/** Body of the OAuth endpoints. */
export function oauthFailure(
  error: string,
  code: string,
  message: string,
  options: { status?: number; parameters?: readonly { parameterName: string; parameterValue: string }[] } = {},
): ApiFailure {
  const { status = 400, parameters } = options;
  const inner = { errorCode: code, message, ...(parameters === undefined ? {} : { parameters }) };
  return new ApiFailure(status, code, { error, error_description: message, errors: [inner] });
}

/** 400: a parameter or body field is not acceptable. */
export function invalidParameter(name: string): ApiFailure {
  return failure(400, 'CMN-101', `Parameter [${name}] value is invalid`, { parameterName: name });
}

/** 404: what a parameter names does not exist. */
export function notFound(name: string): ApiFailure {
  return failure(404, 'CMN-102', `Resource for parameter [${name}] is not found`, { parameterName: name });
}

/** 403: the app's token lacks an app permission. */
export function appLacks(permission: string): ApiFailure {
  const message = `In order to call this API endpoint, application needs to have [${permission}] permission`;
  return failure(403, 'CMN-401', message, { permissionName: permission });
}

/** 403: none of the user's roles gives the permission. */
export function userLacks(permission: string): ApiFailure {
  const message = `In order to call this API endpoint, user needs to have [${permission}] permission for requested resource.`;
  return failure(403, 'CMN-408', message, { permissionName: permission });
}

/** 403: the user has the permission, but not over this target. The field really is plural here. */
export function userLacksReach(permission: string, status = 403, code = 'CMN-419'): ApiFailure {
  const message = `In order to call this API endpoint for another extension, user needs to have [${permission}] permission granted with extended scope`;
  return failure(status, code, message, { permissionsName: permission });
}

const REFUSAL_MESSAGES: Readonly<Record<string, string>> = {
  'CMN-106': 'Batch request is limited',
  'CMN-111': 'Business operation is not supported',
  'CMN-402': 'Administrator permission required',
  'CMN-403': 'The feature is not available for this extension type',
};

/** A refusal whose code is a switch, because nobody published the real one. */
export function refusal(code: { status: number; errorCode: string; parameterName?: string }): ApiFailure {
  const name = code.parameterName;
  if (code.errorCode === 'CMN-101' && name !== undefined && code.status === 400) return invalidParameter(name);
  const message = REFUSAL_MESSAGES[code.errorCode] ?? 'The request was refused';
  return failure(code.status, code.errorCode, message, name === undefined ? {} : { parameterName: name });
}
