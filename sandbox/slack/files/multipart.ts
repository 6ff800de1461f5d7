/** The bytes of the first file in a multipart body; null where there is none. */
export async function firstFileOf(contentType: string, body: Buffer): Promise<Buffer | null> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    for (const [, value] of form) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  } catch {
    // Not what its content type says.
  }
  return null;
}
