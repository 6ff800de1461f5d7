import { type Facts, type Scenario, simple } from './scenario.ts';

/** Call logs, running calls, recordings. */
export function callScenarios(facts: Facts): Readonly<Record<string, Scenario>> {
  const bob = facts.extensionIds['102'] ?? '';
  const own = { path: { accountId: '~', extensionId: '~' } };
  const account = { path: { accountId: '~' } };
  const ofBob = { path: { accountId: '~', extensionId: bob } };
  const record = { path: { accountId: '~', callRecordId: facts.recordIds[0] } };
  const records = { path: { accountId: '~', callRecordId: facts.recordIds.join(',') } };
  const recording = { path: { accountId: '~', recordingId: facts.recordingId } };
  return {
    readUserCallLog: {
      good: [
        { name: 'success', status: 200, ...ofBob },
        { name: 'detailed', status: 200, ...own, query: { view: 'Detailed', direction: ['Inbound'], perPage: 'max' } },
      ],
      bad: [
        { name: 'unknown direction', status: 400, code: 'CMN-101', ...own, query: { direction: 'Up' }, wrong: true },
        {
          name: 'session with another filter',
          status: 400,
          code: 'CLG-110',
          ...own,
          query: { sessionId: '1', phoneNumber: '1' },
        },
      ],
    },
    readUserCallRecord: {
      good: [{ name: 'one', status: 200, path: { ...ofBob.path, callRecordId: facts.recordIds[1] } }],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { ...ofBob.path, callRecordId: 'none' } }],
    },
    listExtensionActiveCalls: simple(ofBob, {
      name: 'perPage 0',
      status: 400,
      code: 'CMN-101',
      ...ofBob,
      query: { perPage: '0' },
      wrong: true,
    }),
    readCompanyCallLog: simple(
      { ...account, query: { view: 'Detailed', recordingType: 'All' } },
      {
        name: 'number and phone together',
        status: 400,
        code: 'CMN-101',
        ...account,
        query: { extensionNumber: '102', phoneNumber: '1' },
      },
    ),
    readCompanyCallRecord: {
      good: [
        { name: 'one', status: 200, ...record },
        { name: 'two', status: 207, ...records, mediaType: 'multipart/mixed' },
      ],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { accountId: '~', callRecordId: 'none' } }],
    },
    listCompanyActiveCalls: simple(account),
    readCallRecording: simple(recording, {
      name: 'unknown',
      status: 404,
      code: 'CMN-102',
      path: { accountId: '~', recordingId: '1' },
    }),
    readCallRecordingContent: {
      good: [
        {
          name: 'success',
          status: 200,
          ...recording,
          mediaType: 'audio/wav',
          query: { contentDisposition: 'Attachment' },
        },
      ],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { accountId: '~', recordingId: '1' } }],
    },
  };
}
