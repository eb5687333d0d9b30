import type { z } from 'zod';
import { createSourceKey as makeKey } from '../../auth/source-keys.ts';
import type { SourceKeyCreate } from '../../contract/sources.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { showSourceKey } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

/** The key is shown in this answer and never again. */
export async function createSourceKey(
  services: Services,
  input: Input<{ sourceId: string }, unknown, z.output<typeof SourceKeyCreate>>,
): Promise<Answer> {
  const { name, expiresAt } = input.body;
  const expiresAtMs = expiresAt === undefined ? null : Date.parse(expiresAt);
  if (expiresAtMs !== null && expiresAtMs <= services.clock.now()) throw alreadyPast();
  const source = await findResource(services, 'source', input.params.sourceId);
  const { key, hash } = makeKey();
  const resource = await insertResource(services, input, showSourceKey, {
    kind: 'source-key',
    id: services.ids('key'),
    name,
    parentId: source.id,
    body: { name, hash, expiresAt: expiresAtMs },
  });
  const location = `/v1/sources/${source.id}/keys/${resource.id}`;
  return createdAnswer(resource, location, { ...showSourceKey(resource), key });
}

function alreadyPast(): GatewayError {
  const detail = '"expiresAt" is in the past; give a later time or leave it out.';
  return new GatewayError('invalid_request', detail, {
    faults: [{ pointer: '/expiresAt', code: 'invalid_value', detail }],
  });
}
