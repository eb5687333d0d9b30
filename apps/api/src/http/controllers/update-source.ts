import type { z } from 'zod';
import type { SourceUpdate } from '../../contract/sources.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showAnswer, updateResource } from '../resources/save-resource.ts';
import { sealVerification } from '../resources/seal-verification.ts';
import { showSource } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

export async function updateSource(
  services: Services,
  input: Input<{ sourceId: string }, unknown, z.output<typeof SourceUpdate>>,
): Promise<Answer> {
  const source = await findResource(services, 'source', input.params.sourceId);
  const { verification, ...rest } = input.body;
  const body = {
    ...source.body,
    ...givenOf(rest),
    verification:
      verification === undefined
        ? source.body.verification
        : sealVerification(services, verification, source.body.verification),
  };
  const change = { body, name: body.name };
  return showAnswer(await updateResource(services, input, showSource, source, change), showSource);
}
