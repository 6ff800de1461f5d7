export { createSlackChat, type Place, type SlackChat } from './chat.ts';
export { clientOptions, type Installation, readInstallation, slackClient } from './client.ts';
export type { SharedFile } from './download.ts';
export { slackFault } from './faults.ts';
export type { ChatMessage, Posted } from './post.ts';
export { sdkLogger } from './sdk-log.ts';
export { createStandings, type Standings } from './standing.ts';
