import { readFileSync } from 'node:fs';

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is read by its keywords, not by a type
export type Json = any;

type Parameter = { name: string; in: 'query' | 'path' | 'header'; required: boolean; schema: Json };

/** One operation of the official document, its references resolved one level. */
export type DocumentedOperation = {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, Json>> } | null;
  readonly responses: Readonly<Record<string, Json>>;
  readonly group: string;
  readonly availability: string | null;
  readonly appPermission: string | null;
  readonly userPermission: string | null;
};

export type OfficialDocument = {
  readonly root: Json;
  readonly operations: readonly DocumentedOperation[];
  /** Places where the document contradicts itself or what servers send, mended before use. */
  readonly mended: readonly string[];
};

const METHODS = ['get', 'put', 'post', 'delete'];

/** Follows a local reference. */
export function resolve(root: Json, schema: Json): Json {
  if (typeof schema?.$ref !== 'string') return schema;
  const target = schema.$ref
    .slice(2)
    .split('/')
    .reduce((node: Json, key: string) => node[key], root);
  return resolve(root, target);
}

/** Reads the official OpenAPI document. @throws {Error} when it cannot be read */
export function readDocument(path: string): OfficialDocument {
  const root = JSON.parse(readFileSync(path, 'utf8'));
  const mended = mend(root);
  const operations = Object.entries<Json>(root.paths).flatMap(([template, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) =>
      describe(root, template, method, item[method], item.parameters ?? []),
    ),
  );
  return { root, operations, mended };
}

function describe(root: Json, path: string, method: string, operation: Json, shared: Json[]): DocumentedOperation {
  const parameters = [...shared, ...(operation.parameters ?? [])].map((entry) => {
    const parameter = resolve(root, entry);
    return { ...parameter, required: parameter.required === true };
  });
  const body = operation.requestBody === undefined ? null : resolve(root, operation.requestBody);
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters,
    body: body === null ? null : { required: body.required === true, content: body.content },
    responses: Object.fromEntries(
      Object.entries<Json>(operation.responses).map(([status, response]) => [status, resolve(root, response)]),
    ),
    group: operation['x-throttling-group'],
    availability: operation['x-availability'] ?? null,
    appPermission: operation['x-app-permission'] ?? null,
    userPermission: operation['x-user-permission'] ?? null,
  };
}

/**
 * Mends what no server could keep. Each mend is looked for first, so that a corrected document is used as it is.
 */
function mend(root: Json): string[] {
  const { schemas } = root.components;
  const mended: string[] = [];
  for (const name of ['ProvisioningSiteInfo', 'DepartmentInfo']) {
    const id = schemas[name]?.properties?.id;
    if (id?.format !== 'uri') continue;
    delete id.format;
    mended.push(`${name}.id is declared a URI, but ids such as "main-site" are documented for it`);
  }
  const codes = schemas.ADGError?.properties?.errorCode;
  if (codes?.enum?.some((code: string) => code.includes("code='"))) {
    codes.enum = codes.enum.map((code: string) => /code='([A-Z]+-\d+)'/.exec(code)?.[1] ?? code);
    mended.push('ADGError.errorCode lists printed objects of the server instead of codes');
  }
  return mended;
}
