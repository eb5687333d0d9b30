/**
 * The client of a token request: HTTP Basic with form-encoded parts (RFC 6749, section 2.3.1), else the members of the body. Null
 * when there is none, or when both ways are used at once.
 */
export function clientOf(
  authorization: string | undefined,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
): { clientId: string; clientSecret: string } | null {
  const { client_id: clientId, client_secret: clientSecret } = body;
  if (authorization === undefined)
    return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
  if (clientSecret !== undefined) return null;
  const basic = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return null;
  const client = {
    clientId: formDecode(pair.slice(0, colon)),
    clientSecret: formDecode(pair.slice(colon + 1)),
  };
  return clientId === undefined || clientId === client.clientId ? client : null;
}

function formDecode(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}
