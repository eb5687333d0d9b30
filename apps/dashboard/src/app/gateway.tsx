import { createContext, use } from 'react';
import type { LiveStream } from '../api/live-stream.ts';
import type { TokenHolder } from '../api/token-holder.ts';

/** What the shell needs besides the store. */
export interface Gateway {
  tokens: TokenHolder;
  stream: LiveStream;
}
export const GatewayContext = createContext<Gateway | null>(null);

export function useGateway(): Gateway {
  const gateway = use(GatewayContext);
  if (gateway === null) throw new Error('GatewayContext is not provided');
  return gateway;
}
