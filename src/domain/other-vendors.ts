/** Systems whose errors people take for RingCentral's, by how their errors look. */
const VENDORS: readonly (readonly [string, RegExp])[] = [
  ['Microsoft', /\bAADSTS\d{4,8}\b|\bgraph\.microsoft\.com\b/],
  ['Slack', /"ok" ?: ?false\b|\bslack\.com\/api\b|\bmissing_scope\b|\bnot_authed\b|\binvalid_auth\b/],
  ['Google', /\bPERMISSION_DENIED\b|\bgoogleapis\.com\b|\binsufficientPermissions\b/],
  ['Twilio', /\bapi\.twilio\.com\b|\btwilio\b/i],
  ['Zoom', /\bapi\.zoom\.us\b|\bzoom\.us\b/i],
  ['Amazon Web Services', /\bAccessDeniedException\b|\bamazonaws\.com\b/],
  ['Salesforce', /\bINSUFFICIENT_ACCESS\b|\bINVALID_SESSION_ID\b/],
  ['GitHub', /\bapi\.github\.com\b/],
  ['Oracle', /\bORA-\d{5}\b/],
];

/** The other system that an error looks to come from; null when none is recognised. */
export function vendorIn(flat: string): string | null {
  return VENDORS.find(([, look]) => look.test(flat))?.[0] ?? null;
}
