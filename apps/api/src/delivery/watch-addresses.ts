import type { Send } from './send-types.ts';

/** Tells of every request that was not made because its address may not be reached, with the target's id. */
export function watchAddresses(send: Send, report: (targetId: string) => void): Send {
  return async (request) => {
    const outcome = await send(request);
    if (outcome.outcome === 'failed' && outcome.errorKind === 'forbidden_address')
      report(request.poolKey);
    return outcome;
  };
}
