import type { AppPermissionFacts, ErrorFinding, Explanation } from '../../domain/explanation.ts';
import { join, plain } from '../words.ts';
import type { CureWords } from './explain-cures.ts';

const CONSOLE = 'https://developers.ringcentral.com';

/** Words for CMN-401: the app permission, how the app gets it, and that its token has to be a new one. */
export function appPermissionSteps({ app, live }: ErrorFinding, { endpoint }: Explanation): CureWords {
  if (app === null) {
    return {
      problem: 'it lacks an app permission.',
      steps: [
        'The message names it in square brackets; paste that line to learn what it is. "what do I need for GET ..." tells it for a call.',
        `Then add it to the app in the developer console (${CONSOLE}) and get a new token.`,
      ],
    };
  }
  const carried = live?.kind === 'app' ? carriedWords(app, live) : null;
  const user = endpoint?.userPermission ?? null;
  const users = user === null ? app.userPermissions : [user];
  return {
    problem: `it lacks the app permission ${app.id}.`,
    steps: [
      aboutWords(app),
      addWords(app),
      'Then get a new token: what an app may do is fixed when its token is issued, so the old one goes on failing. (Inferred; the scope of the token answer shows what a token may do.)',
      ...(users.length === 0
        ? []
        : [
            `The person needs a permission of their own for the same call: ${join(users, 'or')}. Without it CMN-408 comes next.`,
          ]),
      ...(carried === null ? [] : [carried]),
    ],
  };
}

/** What an app permission is, or that nobody documents it. */
function aboutWords(app: AppPermissionFacts): string {
  if (!app.known)
    return `No public document names an app permission ${plain(app.id)}: check how it is spelt, in one word.`;
  const what =
    app.description === null ? 'what it allows is not described' : plain(app.description, 300).replace(/\.$/, '');
  const more = app.includedBy.length === 0 ? '' : ` It also comes with ${join(app.includedBy, 'or')}.`;
  return `${app.id}: ${what}.${more}`;
}

/** How the app gets it; with a ready text where only RingCentral can add it. */
export function addWords(app: AppPermissionFacts): string {
  const place = `the settings of the app in the developer console (${CONSOLE})`;
  if (!app.known) return `Compare it with the list of app permissions in ${place}.`;
  if (!app.onRequest)
    return `The owner of the app adds ${app.id} in ${place}. It is not on request: nobody has to approve it.`;
  return `${app.id} is on request: only RingCentral can add it. Ready text for developer support: "${requestText(app)}"`;
}

/** A text that can be sent to RingCentral as it is. */
function requestText({ id, operations }: AppPermissionFacts): string {
  const [first] = operations;
  const use = first === undefined ? '' : ` The app calls ${first}${operations.length > 1 ? ' and others' : ''}.`;
  return `Please add the app permission ${id} to our app, client id (yours).${use} We need it because (your reason). Without it the API answers 403 CMN-401 [${id}].`;
}

function carriedWords({ id }: AppPermissionFacts, live: { printed: boolean; through: string | null }): string {
  if (live.printed)
    return `The app that this assistant runs as has ${id}: if the error came from it, a new token is all it takes.`;
  if (live.through !== null)
    return `The app that this assistant runs as has ${id} through ${live.through}: if the error came from it, a new token is all it takes.`;
  return `The app that this assistant runs as does not have ${id} either.`;
}
