/**
 * The target's URL with a transform's path put behind its own path; a query is added to the target's. The result cannot leave the
 * target's origin, nor climb above its path: null then.
 */
export function appendPath(base: URL, path: string): URL | null {
  const [pathPart = '', ...queryParts] = (path.split('#', 1)[0] ?? '').split('?');
  const folder = base.pathname.replace(/\/+$/, '');
  const below = pathPart.replace(/^[/\\]+/, '');
  const url = URL.parse(`${base.origin}${below === '' ? base.pathname : `${folder}/${below}`}`);
  if (url?.origin !== base.origin) return null;
  if (below !== '' && !url.pathname.startsWith(`${folder}/`)) return null;
  const query = queryParts.join('?');
  url.search = [base.search.slice(1), query].filter((part) => part !== '').join('&');
  return url;
}
