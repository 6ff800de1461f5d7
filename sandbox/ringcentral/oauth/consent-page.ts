type Person = { readonly number: string; readonly name: string; readonly status: string };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
fieldset { border: 1px solid; border-radius: .5rem; max-height: 20rem; overflow: auto }
label { display: block; padding: .15rem 0 }
button { font: inherit; padding: .5rem 1.25rem; margin: 1rem .5rem 0 0 }
small { opacity: .75 }`;

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox sign-in</title>
<style>${STYLE}</style></head>
<body>${body}</body>
</html>
`;
}

/**
 * The page that stands in for RingCentral's login and consent: choose who signs in, then accept or deny. A null
 * request means that it is unknown, used or too old.
 */
export function renderConsentPage(view: {
  request: { handle: string; loginHint: string | null } | null;
  appName: string;
  scopes: readonly string[];
  people: readonly Person[];
}): string {
  if (view.request === null) {
    return page(
      '<h1>Sign-in is over</h1><p>This sign-in was already decided or is too old. Start again from the app.</p>',
    );
  }
  const { handle, loginHint } = view.request;
  const chosen = view.people.find((person) => person.number === loginHint) ?? view.people[0];
  const choices = view.people.map((person) => renderChoice(person, person === chosen)).join('\n');
  return page(`
<h1>Sign in to the sandbox</h1>
<p><strong>${escapeHtml(view.appName)}</strong> asks to act for you with: <small>${view.scopes.map(escapeHtml).join(', ')}</small></p>
<form method="post">
<input type="hidden" name="request" value="${escapeHtml(handle)}">
<fieldset><legend>Who are you?</legend>
${choices}
</fieldset>
<button name="decision" value="accept">Accept</button>
<button name="decision" value="deny">Deny</button>
</form>`);
}

function renderChoice({ number, name, status }: Person, checked: boolean): string {
  const note = status === 'Enabled' ? '' : ` <small>(${escapeHtml(status)})</small>`;
  const value = escapeHtml(number);
  return `<label><input type="radio" name="extension" value="${value}"${checked ? ' checked' : ''}> ${value} ${escapeHtml(name)}${note}</label>`;
}
