const PERCENT = '%[0-9A-Fa-f]{2}';
const PATH_CHARACTER = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|${PERCENT})`;
const FIRST_SEGMENT_CHARACTER = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=@]|${PERCENT})`;
const USER = `(?:(?:[A-Za-z0-9\\-._~!$&'()*+,;=:]|${PERCENT})*@)?`;
const HOST = `(?:\\[[0-9A-Fa-fvV:.]+\\]|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|${PERCENT})*)`;
const AUTHORITY = `//${USER}${HOST}(?::[0-9]*)?`;
const AFTER_AUTHORITY = `(?:/${PATH_CHARACTER}*)*`;
const QUERY = `(?:\\?(?:${PATH_CHARACTER}|[/?])*)?`;
const FRAGMENT = `(?:#(?:${PATH_CHARACTER}|[/?])*)?`;
const SCHEME = '[A-Za-z][A-Za-z0-9+.\\-]*:';

const ABSOLUTE_PATH = `/(?:${PATH_CHARACTER}+${AFTER_AUTHORITY})?`;
const HIERARCHY = `(?:${AUTHORITY}${AFTER_AUTHORITY}|${ABSOLUTE_PATH}|${PATH_CHARACTER}+${AFTER_AUTHORITY})?`;
const RELATIVE = `(?:${AUTHORITY}${AFTER_AUTHORITY}|${ABSOLUTE_PATH}|${FIRST_SEGMENT_CHARACTER}+${AFTER_AUTHORITY})?`;

const ABSOLUTE_URI = new RegExp(`^${SCHEME}${HIERARCHY}${QUERY}$`);
const URI_REFERENCE = new RegExp(`^(?:${SCHEME}${HIERARCHY}|${RELATIVE})${QUERY}${FRAGMENT}$`);

/** Whether the text is a URI-reference (RFC 3986, section 4.1). */
export function isUriReference(text: string): boolean {
  return URI_REFERENCE.test(text);
}

/** Whether the text is an absolute URI: a scheme and no fragment (RFC 3986, section 4.3). */
export function isAbsoluteUri(text: string): boolean {
  return ABSOLUTE_URI.test(text);
}
