import type { Call } from './call.ts';
import { findS3Action } from './find-s3-action.ts';

type Route = [method: string, path: RegExp, action: string];

const ID = '[^/]+';
const cloudfront = (method: string, path: string, action: string): Route => [
  method,
  new RegExp(`^/2020-05-31/${path}$`),
  action,
];
const route53 = (method: string, path: string, action: string): Route => [
  method,
  new RegExp(`^/2013-04-01/${path}/?$`),
  action,
];

/** What the services with addresses of their own mean by method and path; only what our Terraform calls. */
const ROUTES: Record<string, Route[]> = {
  cloudfront: [
    cloudfront('POST', 'distribution', 'CreateDistributionWithTags'),
    cloudfront('GET', `distribution/${ID}`, 'GetDistribution'),
    cloudfront('PUT', `distribution/${ID}/config`, 'UpdateDistribution'),
    cloudfront('DELETE', `distribution/${ID}`, 'DeleteDistribution'),
    cloudfront('POST', `distribution/${ID}/invalidation`, 'CreateInvalidation'),
    cloudfront('GET', `distribution/${ID}/invalidation/${ID}`, 'GetInvalidation'),
    cloudfront('POST', 'origin-access-control', 'CreateOriginAccessControl'),
    cloudfront('GET', `origin-access-control/${ID}`, 'GetOriginAccessControl'),
    cloudfront('PUT', `origin-access-control/${ID}/config`, 'UpdateOriginAccessControl'),
    cloudfront('DELETE', `origin-access-control/${ID}`, 'DeleteOriginAccessControl'),
    cloudfront('POST', 'response-headers-policy', 'CreateResponseHeadersPolicy'),
    cloudfront('GET', `response-headers-policy/${ID}`, 'GetResponseHeadersPolicy'),
    cloudfront('PUT', `response-headers-policy/${ID}`, 'UpdateResponseHeadersPolicy'),
    cloudfront('DELETE', `response-headers-policy/${ID}`, 'DeleteResponseHeadersPolicy'),
    cloudfront('POST', 'function', 'CreateFunction'),
    cloudfront('POST', `function/${ID}/publish`, 'PublishFunction'),
    cloudfront('GET', `function/${ID}/describe`, 'DescribeFunction'),
    cloudfront('GET', `function/${ID}`, 'GetFunction'),
    cloudfront('PUT', `function/${ID}`, 'UpdateFunction'),
    cloudfront('DELETE', `function/${ID}`, 'DeleteFunction'),
    cloudfront('GET', 'tagging', 'ListTagsForResource'),
    cloudfront('POST', 'tagging', 'TagResource'),
  ],
  route53: [
    route53('GET', `hostedzone/${ID}`, 'GetHostedZone'),
    route53('POST', 'hostedzone', 'CreateHostedZone'),
    route53('DELETE', `hostedzone/${ID}`, 'DeleteHostedZone'),
    route53('GET', `hostedzone/${ID}/rrset`, 'ListResourceRecordSets'),
    route53('POST', `hostedzone/${ID}/rrset`, 'ChangeResourceRecordSets'),
    route53('GET', `change/${ID}`, 'GetChange'),
    route53('GET', `tags/${ID}/${ID}`, 'ListTagsForResource'),
    route53('POST', `tags/${ID}/${ID}`, 'ChangeTagsForResource'),
  ],
  dlm: [
    ['POST', /^\/policies$/, 'CreateLifecyclePolicy'],
    ['GET', /^\/policies$/, 'GetLifecyclePolicies'],
    ['GET', /^\/policies\/[^/]+\/?$/, 'GetLifecyclePolicy'],
    ['PATCH', /^\/policies\/[^/]+$/, 'UpdateLifecyclePolicy'],
    ['DELETE', /^\/policies\/[^/]+\/?$/, 'DeleteLifecyclePolicy'],
    ['GET', /^\/tags\//, 'ListTagsForResource'],
    ['POST', /^\/tags\//, 'TagResource'],
  ],
};

/** Undefined: a service that is not listed, or an address that none of its routes knows. */
export function findRestAction(call: Omit<Call, 'action'>): string | undefined {
  if (call.service === 's3') return findS3Action(call);
  return ROUTES[call.service]?.find(
    ([method, path]) => method === call.method && path.test(call.path),
  )?.[2];
}
