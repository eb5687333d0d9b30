/** @jest-environment node */
import { expect, test } from '@jest/globals';
import { sourcesApi } from '../api/sources.ts';
import { targetsApi } from '../api/targets.ts';
import { createStore } from './create-store.ts';

const CHANGE = { id: 'one', etag: '"3"', change: { name: 'new' } };

test('what was saved comes with the version that the next change is based on', async () => {
  const answer = () => Response.json({ id: 'one' }, { headers: { etag: '"4"' } });
  const { store } = createStore(() => Promise.resolve(answer()));
  const source = await store.dispatch(sourcesApi.endpoints.updateSource.initiate(CHANGE));
  const target = await store.dispatch(targetsApi.endpoints.updateTarget.initiate(CHANGE));
  expect([source.data?.etag, target.data?.etag]).toEqual(['"4"', '"4"']);
});
