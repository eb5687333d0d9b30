import { z } from 'zod';
import { Live, Ready } from '../../contract/health.ts';
import { getDocsScript } from '../controllers/get-docs-script.ts';
import { getDocs } from '../controllers/get-docs.ts';
import { getLive } from '../controllers/get-live.ts';
import { getMetricsText } from '../controllers/get-metrics-text.ts';
import { getProblemsPage } from '../controllers/get-problems-page.ts';
import { getReady } from '../controllers/get-ready.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { createOpenApi } from '../openapi/create-openapi.ts';
import type { HttpSettings } from '../services.ts';

const common = { method: 'GET', access: 'public', tag: 'Operation', status: 200 } as const;

/** @param routes the whole table, for the document that describes it */
export function operationRoutes(routes: () => readonly Route[]): Route[] {
  const documents = new WeakMap<HttpSettings, string>();
  return [
    defineRoute({
      ...common,
      path: '/health/live',
      limit: 'none',
      summary: 'Whether the process runs',
      answer: Live,
      controller: getLive,
    }),
    defineRoute({
      ...common,
      path: '/health/ready',
      limit: 'none',
      summary: 'Whether the gateway takes work',
      answer: Ready,
      otherAnswers: { 503: Ready },
      controller: getReady,
    }),
    defineRoute({
      ...common,
      path: '/metrics',
      access: 'admin',
      openToLoopback: true,
      summary: 'Read the metrics in the Prometheus text format',
      answer: null,
      answerType: 'text/plain',
      controller: getMetricsText,
    }),
    defineRoute({
      ...common,
      path: '/openapi.json',
      summary: 'Read this document',
      answer: z.record(z.string(), z.unknown()),
      controller({ settings }) {
        const body = documents.get(settings) ?? JSON.stringify(createOpenApi(routes(), settings));
        documents.set(settings, body);
        return { status: 200, headers: { 'cache-control': 'public, max-age=60' }, body };
      },
    }),
    defineRoute({
      ...common,
      path: '/docs',
      summary: 'Read the API reference',
      answer: null,
      answerType: 'text/html',
      controller: getDocs,
    }),
    defineRoute({
      ...common,
      path: '/docs/problems',
      summary: 'Read what each error code means',
      answer: null,
      answerType: 'text/html',
      controller: getProblemsPage,
    }),
    defineRoute({
      ...common,
      path: '/docs/rapidoc.js',
      summary: 'Load the viewer of the API reference',
      answer: null,
      answerType: 'text/javascript',
      controller: getDocsScript,
    }),
  ];
}
