import { extname } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { createAssetIndex } from '../asset-index.ts';
import type { Asset } from '../find-assets.ts';
import type { HttpSettings } from '../services.ts';

/** Own code, styles, images and data only; no inline script, no frames. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** What is never a page of the dashboard. */
const NOT_PAGES = /^\/(v1|oauth|health|docs|metrics|\.well-known)(\/|$)|^\/openapi\.json$/;
const A_YEAR = 'public, max-age=31536000, immutable';
const NOT_BUILT =
  'Signalbox is running. The dashboard is not built: run "npm run build", then start again. The API reference is at /docs.\n';

/**
 * Serves the built dashboard: hashed files for good, `index.html` for every other page that a browser navigates to. Everything else
 * passes on.
 */
export function createServeDashboard(settings: Pick<HttpSettings, 'dashboardDir'>): RequestHandler {
  const assets = createAssetIndex(settings.dashboardDir, Date.now);
  return (request, response, next) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || NOT_PAGES.test(request.path)) {
      next();
      return;
    }
    const asset = assets.find(request.path);
    const index = assets.index();
    if (asset && asset !== index) {
      sendAsset(request, response, asset, asset.isHashed ? A_YEAR : 'public, max-age=300');
      return;
    }
    if (index && (asset === index || request.path === '/' || isNavigation(request))) {
      response.setHeader('content-security-policy', PAGE_POLICY);
      sendAsset(request, response, index, 'no-cache');
      return;
    }
    if (request.path === '/') response.type('text/plain').send(NOT_BUILT);
    else next();
  };
}

/** A browser that opens a page, as opposed to a script or an image that is missing. */
function isNavigation(request: Request): boolean {
  return extname(request.path) === '' && /\btext\/html\b/.test(request.headers.accept ?? '');
}

function sendAsset(request: Request, response: Response, asset: Asset, cacheControl: string): void {
  request.exchange.route = 'dashboard';
  const accepted = request.acceptsEncodings('br', 'gzip');
  const encoding = asset.encodings.find(({ name }) => name === accepted) ?? null;
  response.setHeader('vary', 'Accept-Encoding');
  response.type(extname(asset.file));
  if (encoding) response.setHeader('content-encoding', encoding.name);
  response.setHeader('cache-control', cacheControl);
  response.sendFile(encoding?.file ?? asset.file, { cacheControl: false, dotfiles: 'allow' });
}
