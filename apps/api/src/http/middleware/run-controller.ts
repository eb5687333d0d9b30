import { parse } from 'node:querystring';
import type { Route } from '../define-route.ts';
import type { Answer, Input } from '../exchange.ts';
import type { GatewayRequest, Handler } from '../handler.ts';
import { sendAnswer } from '../send-answer.ts';
import type { Services } from '../services.ts';
import type { Limiters } from './create-limiters.ts';

/** Calls a route's controller for a request, and charges the source for the further events of a batch. */
export type Execute = (request: GatewayRequest) => Answer | Promise<Answer>;

export function createExecute(
  services: Services,
  limiters: Pick<Limiters, 'chargeSource'>,
  route: Route,
): Execute {
  if (route.access !== 'source') return (request) => route.run(services, inputOf(request));
  return async (request) => {
    const answer = await route.run(services, inputOf(request));
    const { principal } = request.exchange;
    if (principal && answer.eventCount !== undefined && answer.eventCount > 1)
      limiters.chargeSource(principal.id, answer.eventCount - 1);
    return answer;
  };
}

/** Sends what the controller answers. */
export function createRunController(services: Pick<Services, 'drain'>, execute: Execute): Handler {
  return async (request, response) => {
    sendAnswer(request, response, await execute(request), services.drain.active);
  };
}

const NO_QUERY = Object.freeze({});

function inputOf(request: GatewayRequest): Input {
  const { exchange } = request;
  return {
    params: exchange.params,
    query: exchange.search === '' ? NO_QUERY : parse(exchange.search.slice(1)),
    body: exchange.body,
    principal: exchange.principal,
    requestId: exchange.requestId,
    address: exchange.address,
    headers: request.headers,
  };
}
