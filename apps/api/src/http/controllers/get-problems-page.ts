import type { Answer } from '../exchange.ts';
import { PROBLEMS } from '../problem.ts';

/** What each error code means: where the `type` of a problem leads. */
export function getProblemsPage(): Answer {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
  );
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Signalbox error codes</title></head>
<body>
<h1>Error codes</h1>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</body>
</html>
`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
