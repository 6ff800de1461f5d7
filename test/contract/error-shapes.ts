/** Shape of an ordinary error: the document lists it for few statuses, captures show it for all. */
export const ORDINARY_ERROR = {
  type: 'object',
  required: ['errorCode', 'message', 'errors'],
  additionalProperties: false,
  properties: {
    errorCode: { type: 'string' },
    message: { type: 'string' },
    permissionName: { type: 'string' },
    permissionsName: { type: 'string' },
    parameterName: { type: 'string' },
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['errorCode', 'message'],
        additionalProperties: false,
        properties: {
          errorCode: { type: 'string', pattern: '^[A-Z]{3}-\\d{3}$' },
          message: { type: 'string' },
          permissionName: { type: 'string' },
          permissionsName: { type: 'string' },
          parameterName: { type: 'string' },
        },
      },
    },
  },
} as const;

/** The directory service sends only `errors`. */
export const DIRECTORY_ERROR = {
  type: 'object',
  required: ['errors'],
  additionalProperties: false,
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['errorCode', 'message'],
        additionalProperties: false,
        properties: {
          errorCode: { type: 'string', pattern: '^ADG-\\d{3}$' },
          message: { type: 'string' },
          parameterName: { type: 'string' },
        },
      },
    },
  },
} as const;

/** What the OAuth endpoints send. */
export const OAUTH_ERROR = {
  type: 'object',
  required: ['error', 'error_description', 'errors'],
  additionalProperties: false,
  properties: {
    error: { type: 'string' },
    error_description: { type: 'string' },
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['errorCode', 'message'],
        additionalProperties: false,
        properties: {
          errorCode: { type: 'string', pattern: '^[A-Z]{3}-\\d{3}$' },
          message: { type: 'string' },
          parameters: { type: 'array' },
        },
      },
    },
  },
} as const;

/** Words that stand on top in place of the code, where captures show one. */
export const TOP_WORDS: Readonly<Record<string, string>> = {
  'CMN-401': 'InsufficientPermissions',
  'CMN-101': 'InvalidParameter',
  'OAU-213': 'TokenInvalid',
};

/** Which extra field an error carries on top and inside; CMN-419's is plural. */
export const EXTRA_FIELDS: Readonly<Record<string, string>> = {
  'CMN-401': 'permissionName',
  'CMN-408': 'permissionName',
  'CMN-419': 'permissionsName',
  'CMN-101': 'parameterName',
  'CMN-102': 'parameterName',
};
