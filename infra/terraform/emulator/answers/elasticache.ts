import { type Answer, type Call, form, type Handlers, queryAnswer, xml } from '../call.ts';

/** Subnet groups can be deleted. Their names cannot be used again, because moto keeps them. */
export function cacheSubnetGroups(): Handlers {
  const deleted = new Set<string>();
  const nameIn = (call: Call): string => form(call).get('CacheSubnetGroupName') ?? '';
  return {
    'elasticache:DeleteCacheSubnetGroup': (call) => {
      deleted.add(nameIn(call));
      return queryAnswer('DeleteCacheSubnetGroup', '');
    },
    'elasticache:DescribeCacheSubnetGroups': (call, forward) =>
      deleted.has(nameIn(call)) ? missing('CacheSubnetGroupNotFoundFault') : forward(call),
  };
}

export function missing(code: string): Answer {
  const message = 'There is nothing of this name.';
  return xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    404,
  );
}
