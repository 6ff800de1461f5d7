import { Fault, isFault } from '../../domain/faults.ts';
import type { Call, Clock, Log } from '../../usecases/ports.ts';
import { faultOfAnswer, faultOfSilence, isPage, requestIdOf, unreadable } from './faults.ts';
import type { Priority, Ticket } from './limiter.ts';
import type { Limits } from './limits.ts';
import { fillPath, type Operation } from './operations.ts';
import { readPace } from './pace.ts';
import { pauseBeforeRetry, type RetryOptions } from './retries.ts';
import type { Session } from './session.ts';
import { type Timers, waitFor } from './timers.ts';
import { type Answer, NoAnswer, type Query, type Transport } from './transport.ts';

export type Request = {
  /** Values of the path's `{name}` segments. */
  readonly segments?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly call?: Call | undefined;
};

/** Calls operations as one identity. */
export type Client = {
  readonly identity: string;
  readonly session: Session;
  readonly clock: Clock;
  readonly log: Log;
  /** The parsed JSON of the answer; null where the answer has no body. @throws {Fault} */
  send(operation: Operation, request?: Request): Promise<unknown>;
};

export type Patience = {
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
  /** Longest wait in the limiter's queue when somebody waits. */
  readonly maxWaitMs: number;
  /** Longest wait in the limiter's queue for background work. */
  readonly backgroundWaitMs: number;
};

export type ClientOptions = {
  readonly identity: string;
  readonly transport: Transport;
  readonly session: Session;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly patience: Patience;
  readonly retries: RetryOptions;
};

/** Makes the client of one identity: session, limiter, timeouts and retries around the transport. */
export function createClient(options: ClientOptions): Client {
  const { identity, transport, session, limits, clock, timers, log, patience, retries } = options;

  async function send(operation: Operation, request: Request = {}): Promise<unknown> {
    const startedAt = clock.now();
    const signal = request.call?.signal;
    for (let tries = 1; ; tries += 1) {
      try {
        return readJson(operation, await sendSignedIn(operation, request));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const pause = pauseBeforeRetry(operation, error, tries, clock.now() - startedAt, retries);
        if (pause === null) throw error;
        log.debug('a call is tried again', { operation: operation.id, identity, code: error.code, pauseMs: pause });
        await waitFor(timers, pause, operation.id, signal);
      }
    }
  }

  /** A 401 means that nothing was done, so writes too are repeated with the next token. */
  async function sendSignedIn(operation: Operation, request: Request): Promise<Answer> {
    const signal = request.call?.signal;
    const grant = await session.current(signal);
    try {
      return await sendPaced(operation, request);
    } catch (error) {
      if (!isFault(error, 'directory-sign-in') || error.data.status !== 401) throw error;
      await session.renewed(grant.accessToken, error, signal);
      return sendPaced(operation, request);
    }
  }

  async function sendPaced(operation: Operation, request: Request): Promise<Answer> {
    const path = fillPath(operation, request.segments);
    const ticket = await acquire(operation, request.call);
    const sentAt = clock.now();
    try {
      const answer = await transport.send({
        method: operation.method,
        path,
        ...(request.query ? { query: request.query } : {}),
        ...(request.body ? { body: request.body } : {}),
        as: 'session',
        timeoutMs: operation.timeoutMs ?? patience.timeoutMs,
        signal: request.call?.signal,
      });
      report(operation, answer, clock.now() - sentAt);
      request.call?.onAnswer?.({ operation: operation.id, status: answer.status, requestId: requestIdOf(answer) });
      return settle(operation, answer, ticket);
    } catch (error) {
      ticket.answered(null);
      throw error instanceof NoAnswer ? faultOfSilence(operation, error) : error;
    }
  }

  function acquire(operation: Operation, call: Call | undefined): Promise<Ticket> {
    const priority: Priority = call?.urgency ?? operation.effect;
    const usual = priority === 'background' ? patience.backgroundWaitMs : patience.maxWaitMs;
    const maxWaitMs = call?.maxWaitMs ?? usual;
    const wish = { operation: operation.id, priority, maxWaitMs, signal: call?.signal };
    return limits.of(identity, operation.group).acquire(wish);
  }

  function settle(operation: Operation, answer: Answer, ticket: Ticket): Answer {
    const pace = readPace(answer);
    if (answer.status >= 200 && answer.status < 300 && !isPage(answer)) {
      ticket.answered(pace);
      return answer;
    }
    const fault = faultOfAnswer(operation, answer, clock.now());
    if (fault.code !== 'rate-limited') ticket.answered(pace);
    else stop(fault.data.retryAfterMs ?? 60_000, answer, ticket);
    throw fault;
  }

  /** A 429 without budget headers comes from a limit above the groups: account, address or the whole service. */
  function stop(retryAfterMs: number, answer: Answer, ticket: Ticket): void {
    const pace = readPace(answer);
    ticket.penalised(retryAfterMs, pace);
    if (pace === null) limits.stopAll(retryAfterMs);
    log.warn('RingCentral asks to stop calling', { identity, retryAfterMs, everything: pace === null });
  }

  function report(operation: Operation, answer: Answer, tookMs: number): void {
    const { id, group } = operation;
    const data = { operation: id, group, identity, status: answer.status, tookMs, requestId: requestIdOf(answer) };
    log.debug('RingCentral call', data);
  }

  return { identity, session, clock, log, send };
}

/** Reads the body of a success; an empty one is null. A cut-off document is never taken for an answer. */
function readJson(operation: Operation, answer: Answer): unknown {
  if (answer.text.trim() === '') return null;
  try {
    return JSON.parse(answer.text);
  } catch {
    throw unreadable(operation, 'body', answer);
  }
}
