import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { text } from 'node:stream/consumers';
import { sendRequest } from './send-request.ts';

interface Outcome {
  /** 0: no answer. */
  status: number;
  /** The JSON of the answer, or what went wrong. */
  body: unknown;
}

/** A load that runs until it is stopped. */
export interface SteadyLoad {
  /** Waits for what is under way. Answers the events that were taken (their `evt_…`), and every answer that was not 202. */
  stop(): Promise<{ accepted: string[]; failures: Outcome[] }>;
}

/** Posts one event after the other from each of some senders, each on a connection that it keeps; nothing is sent twice. */
export function postSteadily(url: string, key: string, senders: number): SteadyLoad {
  const accepted: string[] = [];
  const failures: Outcome[] = [];
  let isStopping = false;
  async function sendOn(): Promise<void> {
    const agent = keepOne(url);
    while (!isStopping) {
      const outcome = await post(url, key, agent);
      if (outcome.status === 202) accepted.push((outcome.body as { id: string }).id);
      else failures.push(outcome);
    }
    agent.destroy();
  }
  const all = Array.from({ length: senders }, sendOn);
  return {
    async stop() {
      isStopping = true;
      await Promise.all(all);
      return { accepted, failures };
    },
  };
}

/** Posts one event, on a connection of its own. */
export async function postOne(url: string, key: string): Promise<Outcome> {
  const agent = keepOne(url);
  try {
    return await post(url, key, agent);
  } finally {
    agent.destroy();
  }
}

function keepOne(url: string): PlainAgent {
  const options = { keepAlive: true, maxSockets: 1 };
  return url.startsWith('https:') ? new TlsAgent(options) : new PlainAgent(options);
}

async function post(url: string, key: string, agent: PlainAgent): Promise<Outcome> {
  const body = JSON.stringify({ type: 'steady', id: randomUUID(), data: { number: 1 } });
  const request = sendRequest(`${url}/v1/events`, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
  try {
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: JSON.parse(await text(response)) as unknown };
  } catch (error) {
    return { status: 0, body: String(error) };
  }
}
