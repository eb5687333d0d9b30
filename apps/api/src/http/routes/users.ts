import {
  AuditPage,
  AuditQuery,
  User,
  UserCreate,
  UserPage,
  UserUpdate,
} from '../../contract/auth.ts';
import { PageQuery } from '../../contract/common.ts';
import { createUser } from '../controllers/create-user.ts';
import { deleteUser } from '../controllers/delete-user.ts';
import { getUser } from '../controllers/get-user.ts';
import { listAuditLog } from '../controllers/list-audit-log.ts';
import { listUsers } from '../controllers/list-users.ts';
import { updateUser } from '../controllers/update-user.ts';
import { defineRoute } from '../define-route.ts';

const common = { access: 'admin', tag: 'Users' } as const;

export const USER_ROUTES = [
  defineRoute({
    ...common,
    method: 'GET',
    path: '/v1/users',
    summary: 'List users, newest first',
    query: PageQuery,
    status: 200,
    answer: UserPage,
    controller: listUsers,
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/v1/users',
    summary: 'Create a user',
    body: UserCreate,
    status: 201,
    answer: User,
    example: {
      email: 'ada@example.com',
      name: 'Ada',
      role: 'operator',
      password: 'a long passphrase of hers',
    },
    controller: createUser,
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: '/v1/users/{userId}',
    summary: 'Read a user',
    status: 200,
    answer: User,
    controller: getUser,
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    path: '/v1/users/{userId}',
    summary: 'Change a user; a new password ends their sessions',
    body: UserUpdate,
    status: 200,
    answer: User,
    example: { role: 'viewer' },
    controller: updateUser,
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    path: '/v1/users/{userId}',
    summary: 'Delete a user',
    status: 204,
    answer: null,
    controller: deleteUser,
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: '/v1/audit-log',
    summary: 'List changes, newest first: who, what, before, after, from where',
    query: AuditQuery,
    status: 200,
    answer: AuditPage,
    controller: listAuditLog,
  }),
];
