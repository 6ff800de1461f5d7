import { type CarrierxSandbox, startCarrierxSandbox } from './carrierx/server.ts';
import { type RingCentralSandbox, startRingCentralSandbox } from './ringcentral/server.ts';
import { type SlackSandbox, startSlackSandbox } from './slack/server.ts';

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

function identitiesOf(slack: SlackSandbox): Sandboxes['identities'] {
  return slack.members.flatMap(({ id, ext }) => (ext && !UNLINKED.includes(ext) ? [{ member: id, ext }] : []));
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
    return { ringcentral, slack, carrierx, identities: identitiesOf(slack), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The stand-ins without a chat: what one question from the terminal needs. */
export async function startDirectories(options: {
  people?: number;
  seed?: number;
}): Promise<Pick<Sandboxes, 'ringcentral' | 'carrierx' | 'close'>> {
  const ringcentral = await startRingCentralSandbox(options);
  try {
    const carrierx = await startCarrierxSandbox();
    const close = async () => {
      await Promise.all([ringcentral.close(), carrierx.close()]);
    };
    return { ringcentral, carrierx, close };
  } catch (error) {
    await ringcentral.close();
    throw error;
  }
}
