/** What stands where a secret stood. */
export const HIDDEN = '[hidden]';

/** Shapes of secrets, wherever they turn up. */
const SECRET_SHAPES: readonly RegExp[] = [
  // Slack's tokens, rotating ones included.
  /\bxox[a-z]{1,2}[.-][A-Za-z0-9.%_-]+/g,
  /\bxapp-[A-Za-z0-9.%_-]+/g,
  // Whoever has a response_url may write into the channel.
  /https?:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'<>\\]*/gi,
  // JSON Web Tokens, the third part missing or not.
  /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9._~+/=%-]{6,}/gi,
  // Credentials inside an address.
  /(?<=\/\/)[^\s/@"']+:[^\s/@"']+(?=@)/g,
  /(?<=\b(?:access_token|refresh_token|id_token|client_secret|assertion|code|code_verifier|token|password|secret)=)[^\s&"']+/gi,
];

/** Hides whatever in a text looks like a secret. */
export function hideSecretShapes(text: string): string {
  let safe = text;
  for (const shape of SECRET_SHAPES) safe = safe.replace(shape, HIDDEN);
  return safe;
}
