import type { Answer } from '../exchange.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Signalbox API</title>
<script type="module" src="/docs/rapidoc.js"></script>
</head>
<body>
<rapi-doc spec-url="/openapi.json" render-style="read" theme="light" load-fonts="false" show-header="false" allow-server-selection="false" persist-auth="false"></rapi-doc>
<noscript>The reference needs JavaScript; <a href="/openapi.json">openapi.json</a> is the same as data.</noscript>
</body>
</html>
`;

/** Own scripts only; the viewer styles itself, which needs inline styles. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The API reference, drawn in the browser from `/openapi.json`. */
export function getDocs(): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
    body: PAGE,
  };
}
