export type Method = 'get' | 'post' | 'patch' | 'delete' | 'put' | 'options';

/** What came back. */
export interface Reply {
  ok: boolean;
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The JSON of the answer. */
  body: unknown;
}

/** A request that is sent when it is awaited. */
export interface Call extends PromiseLike<Reply> {
  set(name: string, value: string): Call;
  set(headers: object): Call;
  type(contentType: string): Call;
  send(body?: string | object): Call;
  expect(status: number): Call;
}
