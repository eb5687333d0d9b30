/** Calls made by hand, beside Terraform: signed in form only, because the emulator checks no signature. */
export interface Client {
  /** A service of the query kind; answers with its XML. */
  query(service: string, action: string, parameters?: Record<string, string>): Promise<string>;
  /** A service that is told its action by a header. */
  json(service: string, target: string, body?: unknown): Promise<unknown>;
  /** A service with addresses of its own; answers with the status and text. */
  rest(service: string, method: string, path: string, body?: string): Promise<[number, string]>;
}

export function openClient(url: string, region: string): Client {
  async function send(
    service: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<[number, string]> {
    const scope = `Credential=emulated/20260101/${region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`;
    const answer = await fetch(url + path, {
      method,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return [answer.status, await answer.text()];
  }

  async function mustSucceed(what: string, sent: Promise<[number, string]>): Promise<string> {
    const [status, text] = await sent;
    if (status >= 300) throw new Error(`${what} is answered with ${status}: ${text}`);
    return text;
  }

  return {
    query(service, action, parameters = {}) {
      const body = new URLSearchParams({ Action: action, ...parameters }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return mustSucceed(action, send(service, 'POST', '/', headers, body));
    },
    async json(service, target, body = {}) {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
      const sent = send(service, 'POST', '/', headers, JSON.stringify(body));
      return JSON.parse(await mustSucceed(target, sent)) as unknown;
    },
    rest: (service, method, path, body) => send(service, method, path, {}, body),
  };
}
