/**
 * Text as both engines keep it unchanged: without NUL, which PostgreSQL refuses, and without lone surrogates, which
 * come back as another sign. What is hashed or looked up later has to be what was stored.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
