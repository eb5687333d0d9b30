import type { z } from 'zod';
import type { SourceCreate } from '../../contract/sources.ts';
import type { Answer, Input } from '../exchange.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { sealVerification } from '../resources/seal-verification.ts';
import { showSource } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

export async function createSource(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof SourceCreate>>,
): Promise<Answer> {
  const { verification, ...rest } = input.body;
  const source = await insertResource(services, input, showSource, {
    kind: 'source',
    id: services.ids('src'),
    name: rest.name,
    parentId: null,
    body: { ...rest, verification: sealVerification(services, verification, null) },
  });
  return createdAnswer(source, `/v1/sources/${source.id}`, showSource(source));
}
