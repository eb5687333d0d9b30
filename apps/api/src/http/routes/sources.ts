import { PageQuery } from '../../contract/common.ts';
import {
  Source,
  SourceCreate,
  SourceKeyCreate,
  SourceKeyCreated,
  SourceKeyList,
  SourcePage,
  SourceUpdate,
} from '../../contract/sources.ts';
import { createSourceKey } from '../controllers/create-source-key.ts';
import { createSource } from '../controllers/create-source.ts';
import { deleteSourceKey } from '../controllers/delete-source-key.ts';
import { deleteSource } from '../controllers/delete-source.ts';
import { getSource } from '../controllers/get-source.ts';
import { listSourceKeys } from '../controllers/list-source-keys.ts';
import { listSources } from '../controllers/list-sources.ts';
import { updateSource } from '../controllers/update-source.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Sources';
const read = { method: 'GET', access: 'viewer', tag, status: 200 } as const;

export const SOURCE_ROUTES = [
  defineRoute({
    ...read,
    path: '/v1/sources',
    summary: 'List sources, newest first',
    query: PageQuery,
    answer: SourcePage,
    controller: listSources,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/sources',
    access: 'admin',
    tag,
    summary: 'Create a source',
    body: SourceCreate,
    status: 201,
    answer: Source,
    example: { name: 'shop', allowedTypes: ['order.*'], schemaPolicy: 'warn' },
    controller: createSource,
  }),
  defineRoute({
    ...read,
    path: '/v1/sources/{sourceId}',
    summary: 'Read a source',
    answer: Source,
    controller: getSource,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/v1/sources/{sourceId}',
    access: 'admin',
    tag,
    summary: 'Change a source',
    body: SourceUpdate,
    status: 200,
    answer: Source,
    example: { ratePerSecond: 500 },
    controller: updateSource,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/v1/sources/{sourceId}',
    access: 'admin',
    tag,
    summary: 'Delete a source and its keys; its events stay',
    status: 204,
    answer: null,
    controller: deleteSource,
  }),
  defineRoute({
    ...read,
    path: '/v1/sources/{sourceId}/keys',
    summary: 'List the keys of a source',
    answer: SourceKeyList,
    controller: listSourceKeys,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/sources/{sourceId}/keys',
    access: 'admin',
    tag,
    summary: 'Create a key; it is shown this once',
    body: SourceKeyCreate,
    status: 201,
    answer: SourceKeyCreated,
    showsSecret: true,
    example: { name: 'production' },
    controller: createSourceKey,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/v1/sources/{sourceId}/keys/{keyId}',
    access: 'admin',
    tag,
    summary: 'Revoke a key',
    status: 204,
    answer: null,
    controller: deleteSourceKey,
  }),
];
