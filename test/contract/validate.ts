import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type DocumentedOperation, type Json, type OfficialDocument, resolve } from './document.ts';

/** Problems in words; an empty list means that everything is as documented. */
export type Problems = string[];

export type Validator = {
  /** Checks a value against a schema of the document, and that it has no property the document does not name. */
  check(schema: Json, value: unknown, what: string): Problems;
  /** Checks a value against a schema of our own. */
  checkOwn(schema: object, value: unknown, what: string): Problems;
};

const DOCUMENT = 'official';

/** Compiles schemas of the document with what they need: patterns that are illegal in `u` mode, OpenAPI's formats. */
export function createValidator(document: OfficialDocument): Validator {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateSchema: false });
  (formats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema(document.root, DOCUMENT);
  const compiled = new Map<Json, ValidateFunction>();
  function compile(schema: Json): ValidateFunction {
    const found = compiled.get(schema) ?? ajv.compile(absolute(schema));
    compiled.set(schema, found);
    return found;
  }
  function explain(validate: ValidateFunction, what: string): Problems {
    return (validate.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message}`);
  }
  return {
    check(schema, value, what) {
      const validate = compile(schema);
      const wrong = validate(value) ? [] : explain(validate, what);
      return [...wrong, ...undocumented(document.root, schema, value, what)];
    },
    checkOwn(schema, value, what) {
      const validate = compile(schema);
      return validate(value) ? [] : explain(validate, what);
    },
  };
}

/** Makes local references point into the registered document. */
function absolute(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(absolute);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries<Json>(schema).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? [key, `${DOCUMENT}${value}`]
        : [key, absolute(value)],
    ),
  );
}

/** Schemas leave further properties open; we do not: every property of an answer must be in the document. */
function undocumented(root: Json, schema: Json, value: unknown, what: string): Problems {
  if (Array.isArray(value)) {
    const items = partsOf(root, schema).find((part) => part.items !== undefined)?.items;
    return items === undefined ? [] : value.flatMap((entry, at) => undocumented(root, items, entry, `${what}/${at}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const parts = partsOf(root, schema);
  if (parts.some((part) => part.additionalProperties === true)) return [];
  const known = new Map(parts.flatMap((part) => Object.entries<Json>(part.properties ?? {})));
  return Object.entries(value).flatMap(([name, inner]) => {
    const property = known.get(name);
    if (property === undefined) return [`${what}/${name} is not in the document`];
    return undocumented(root, property, inner, `${what}/${name}`);
  });
}

/** A schema and everything it is combined of. */
function partsOf(root: Json, schema: Json): Json[] {
  const own = resolve(root, schema);
  const combined = ['allOf', 'anyOf', 'oneOf'].flatMap((word) => own?.[word] ?? []);
  return [own, ...combined.flatMap((part: Json) => partsOf(root, part))];
}

/** Reads text from a query or form as the schema wants it. */
function readAs(root: Json, schema: Json, text: string): unknown {
  const types = partsOf(root, schema).map((part) => part.type);
  if (types.includes('integer') && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && ['true', 'false'].includes(text)) return text === 'true';
  return text;
}

/** Checks path and query parameters and headers of a request, and that each is documented. */
export function checkParameters(
  document: OfficialDocument,
  validator: Validator,
  operation: DocumentedOperation,
  sent: { path: Record<string, string>; query: URLSearchParams },
): Problems {
  const unknown = [...new Set(sent.query.keys())].filter(
    (name) => !operation.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name),
  );
  const problems = unknown.map((name) => `request query ${name} is not in the document`);
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place === 'header') continue;
    const values = place === 'path' ? [sent.path[name]].flatMap((value) => value ?? []) : sent.query.getAll(name);
    if (values.length === 0 && required) problems.push(`request ${place} ${name} is missing`);
    if (values.length === 0) continue;
    const items = partsOf(document.root, schema).find((part) => part.items !== undefined)?.items;
    const listed = place === 'path' ? values.flatMap((value) => value.split(',')) : values;
    const value =
      items === undefined
        ? readAs(document.root, schema, values[0] ?? '')
        : listed.map((entry) => readAs(document.root, items, entry));
    problems.push(...validator.check(schema, value, `request ${place} ${name}`));
  }
  return problems;
}

/** Checks the body of a request against the schema of its media type. */
export function checkBody(
  document: OfficialDocument,
  validator: Validator,
  operation: DocumentedOperation,
  sent: { json?: unknown; form?: Record<string, string> },
): Problems {
  const given = sent.json !== undefined || sent.form !== undefined;
  if (operation.body === null) return given ? ['request has a body, but none is documented'] : [];
  if (!given) return operation.body.required ? ['request has no body'] : [];
  const type = sent.json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  const schema = operation.body.content[type]?.schema;
  if (schema === undefined) return [`request body of type ${type} is not in the document`];
  const properties = new Map(
    partsOf(document.root, schema).flatMap((part) => Object.entries<Json>(part.properties ?? {})),
  );
  const form = Object.entries(sent.form ?? {}).map(([name, text]) => [
    name,
    properties.has(name) ? readAs(document.root, properties.get(name), text) : text,
  ]);
  return validator.check(schema, sent.json ?? Object.fromEntries(form), 'request body');
}
