import { z } from 'zod';
import {
  CurrentUser,
  KeySet,
  Login,
  LoginResult,
  PasswordChange,
  TokenResult,
} from '../../contract/auth.ts';
import { changePassword } from '../controllers/change-password.ts';
import { getJwks } from '../controllers/get-jwks.ts';
import { getMe } from '../controllers/get-me.ts';
import { issueToken } from '../controllers/issue-token.ts';
import { login } from '../controllers/login.ts';
import { logout } from '../controllers/logout.ts';
import { refreshSession } from '../controllers/refresh-session.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Authentication';
/** Answers that are credentials are never kept for a repeat. */
const handsOut = { method: 'POST', tag, idempotent: false } as const;

export const AUTHENTICATION_ROUTES = [
  defineRoute({
    ...handsOut,
    path: '/v1/auth/login',
    access: 'public',
    limit: 'login',
    summary: 'Sign in',
    body: Login,
    status: 200,
    answer: LoginResult,
    example: { email: 'ada@example.com', password: 'a long passphrase of hers' },
    controller: login,
  }),
  defineRoute({
    ...handsOut,
    path: '/v1/auth/refresh',
    access: 'public',
    summary: 'Go on with the session of the refresh cookie',
    status: 200,
    answer: LoginResult,
    controller: refreshSession,
  }),
  defineRoute({
    ...handsOut,
    path: '/v1/auth/logout',
    access: 'public',
    summary: 'End the session of the refresh cookie',
    status: 204,
    answer: null,
    controller: logout,
  }),
  defineRoute({
    method: 'GET',
    path: '/v1/auth/me',
    access: 'viewer',
    tag,
    summary: 'Read who is signed in',
    status: 200,
    answer: CurrentUser,
    controller: getMe,
  }),
  defineRoute({
    ...handsOut,
    path: '/v1/auth/password',
    access: 'viewer',
    limit: 'login',
    summary: 'Change the own password; all other sessions end',
    body: PasswordChange,
    status: 200,
    answer: LoginResult,
    example: { currentPassword: 'the old passphrase', newPassword: 'a new long passphrase' },
    controller: changePassword,
  }),
  defineRoute({
    ...handsOut,
    path: '/oauth/token',
    access: 'public',
    limit: 'ingest',
    summary: "Buy an access token with a source's key (OAuth 2.0 client credentials)",
    body: z.record(z.string(), z.string()),
    bodyKind: 'form',
    status: 200,
    answer: TokenResult,
    example: {
      grant_type: 'client_credentials',
      client_id: 'src_01hf7yat00c5q3w1k8m2n4p6r9',
      client_secret: 'sbk_…',
    },
    controller: issueToken,
  }),
  defineRoute({
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: 'public',
    tag,
    summary: 'Read the public keys of access tokens',
    status: 200,
    answer: KeySet,
    answerType: 'application/jwk-set+json',
    controller: getJwks,
  }),
];
