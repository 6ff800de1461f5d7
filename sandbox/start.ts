import { type CarrierxSandbox, startCarrierxSandbox } from './carrierx/server.ts';
import { type RingCentralSandbox, startRingCentralSandbox } from './ringcentral/server.ts';
import { type SlackSandbox, startSlackSandbox } from './slack/server.ts';
import { memberOf, readAccountFile } from './slack/workspace/plant.ts';

/** All stand-ins together, seeded from one account. */
export type Sandboxes = {
  ringcentral: RingCentralSandbox;
  slack: SlackSandbox;
  carrierx: CarrierxSandbox;
  /** Members whose extension is taken as proven from the start. */
  identities: { member: string; ext: string }[];
  close(): Promise<void>;
};

/** Frank is a member without a link, so that a newcomer can see what one without a link is told. */
const UNLINKED = ['106'];

function identitiesOf(members: readonly { id: string; ext: string | null }[]): Sandboxes['identities'] {
  return members.flatMap(({ id, ext }) => (ext && !UNLINKED.includes(ext) ? [{ member: id, ext }] : []));
}

/** Who would be a member if the workspace stood as well. */
async function membersToBe(): Promise<readonly { id: string; ext: string }[]> {
  const { people } = await readAccountFile(new URL('./account.json', import.meta.url));
  return people.map(({ ext }) => ({ id: memberOf(ext), ext }));
}

export type SandboxOptions = {
  manifestPath: string;
  people?: number;
  seed?: number;
  ringcentralPort?: number;
  slackPort?: number;
  carrierxPort?: number;
  rateLimits?: boolean;
};

/** Starts every stand-in on loopback; closes what it started when one of them cannot. */
export async function startSandboxes(options: SandboxOptions): Promise<Sandboxes> {
  const people = options.people === undefined ? {} : { people: options.people };
  const shared = {
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
  };
  const ringcentral = await startRingCentralSandbox({ ...shared, ...people, port: options.ringcentralPort ?? 0 });
  const started: { close(): Promise<void> }[] = [ringcentral];
  const close = async () => {
    await Promise.all(started.map((each) => each.close()));
  };
  try {
    const slack = await startSlackSandbox({
      ...shared,
      manifestPath: options.manifestPath,
      port: options.slackPort ?? 0,
    });
    started.push(slack);
    const carrierx = await startCarrierxSandbox({ port: options.carrierxPort ?? 0 });
    started.push(carrierx);
    return { ringcentral, slack, carrierx, identities: identitiesOf(slack.members), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The stand-ins without a chat: what one question from the terminal needs. */
export async function startDirectories(options: { people?: number; seed?: number }): Promise<Omit<Sandboxes, 'slack'>> {
  const ringcentral = await startRingCentralSandbox(options);
  try {
    const carrierx = await startCarrierxSandbox();
    const close = async () => {
      await Promise.all([ringcentral.close(), carrierx.close()]);
    };
    return { ringcentral, carrierx, identities: identitiesOf(await membersToBe()), close };
  } catch (error) {
    await ringcentral.close();
    throw error;
  }
}
