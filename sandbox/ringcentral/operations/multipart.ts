import { randomBytes } from 'node:crypto';
import { notFound } from '../http/failure.ts';
import type { Reply } from '../http/reply.ts';

type Part = { readonly id: string; readonly record: Record<string, unknown> | null };

/** 207 for several ids: the first part lists the status of each, then one part for each record or error. */
export function multipartRecords(parts: readonly Part[], base: string): Reply {
  const boundary = `Boundary_${randomBytes(12).toString('hex')}`;
  const statuses = parts.map(({ id, record }) => ({
    href: `${base}/call-log/${id}`,
    status: record === null ? 404 : 200,
    responseDescription: record === null ? 'Not Found' : 'OK',
  }));
  const bodies = [
    { uri: `${base}/call-log`, response: statuses },
    ...parts.map(({ record }) => record ?? notFound('callRecordId').body),
  ];
  const text = bodies
    .map((body) => `--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`)
    .join('');
  return {
    status: 207,
    raw: { type: `multipart/mixed; boundary=${boundary}`, bytes: Buffer.from(`${text}--${boundary}--\r\n`) },
  };
}
