import { randomBytes } from 'node:crypto';
import { ACCOUNT_ID, type Answer, type Handlers, xml } from '../call.ts';
import { allTexts, element, elementText } from '../xml-parts.ts';
import { lastPart, missing, newVersion, problem } from './cloudfront.ts';
import type { Functions } from './cloudfront-functions.ts';
import type { HeadersPolicies } from './cloudfront-policies.ts';

interface Distribution {
  id: string;
  version: string;
  config: string;
  tags: string;
}

const arnOf = (id: string): string => `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/${id}`;

/** Distributions: kept as they were sent, with what AWS adds; deployed at once. */
export function distributions(policies: HeadersPolicies, functions: Functions): Handlers {
  const stored = new Map<string, Distribution>();

  function answer({ id, version, config }: Distribution, status = 200): Answer {
    const body =
      `<Distribution><Id>${id}</Id><ARN>${arnOf(id)}</ARN><Status>Deployed</Status>` +
      `<LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>` +
      `<InProgressInvalidationBatches>0</InProgressInvalidationBatches>` +
      `<DomainName>${id.toLowerCase()}.cloudfront.net</DomainName>` +
      `<ActiveTrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></ActiveTrustedSigners>` +
      `<ActiveTrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity></ActiveTrustedKeyGroups>` +
      `${config}</Distribution>`;
    return xml(body, status, { etag: version });
  }

  /** What a configuration names and nobody has made, as AWS refuses it. */
  function refuse(config: string): Answer | undefined {
    for (const id of allTexts(config, 'ResponseHeadersPolicyId')) {
      if (id !== '' && !policies.has(id)) return missing('ResponseHeadersPolicy');
    }
    for (const arn of allTexts(config, 'FunctionARN')) {
      if (!functions.isLive(arn))
        return problem('InvalidFunctionAssociation', `${arn} is not published.`, 400);
    }
    return undefined;
  }

  function write(id: string, body: Buffer, status: number): Answer {
    const text = body.toString('utf8');
    const config = withDefaults(element(text, 'DistributionConfig') ?? '');
    const refusal = refuse(config);
    if (refusal) return refusal;
    const tags = element(text, 'Tags') ?? stored.get(id)?.tags ?? '<Tags><Items/></Tags>';
    const distribution = { id, version: newVersion(), config, tags };
    stored.set(id, distribution);
    return answer(distribution, status);
  }

  const named = (path: string): Distribution | undefined => stored.get(path.split('/')[3] ?? '');

  return {
    'cloudfront:CreateDistributionWithTags': (call) =>
      write(`E${randomBytes(6).toString('hex').toUpperCase()}`, call.body, 201),
    'cloudfront:GetDistribution': (call) => {
      const distribution = named(call.path);
      return distribution ? answer(distribution) : missing('Distribution');
    },
    'cloudfront:UpdateDistribution': (call) => {
      const distribution = named(call.path);
      if (!distribution) return missing('Distribution');
      if (call.headers['if-match'] !== distribution.version)
        return problem('PreconditionFailed', 'It was changed meanwhile.', 412);
      return write(distribution.id, call.body, 200);
    },
    'cloudfront:DeleteDistribution': (call) => {
      const distribution = named(call.path);
      if (!distribution) return missing('Distribution');
      if (
        elementText(distribution.config.replace(/[\s\S]*<\/CacheBehaviors>/, ''), 'Enabled') ===
        'true'
      )
        return problem('DistributionNotDisabled', 'Disable it first.', 409);
      stored.delete(distribution.id);
      return xml('', 204);
    },
    'cloudfront:CreateInvalidation': (call) => {
      if (!named(call.path)) return missing('Distribution');
      const batch = element(call.body.toString('utf8'), 'InvalidationBatch') ?? '';
      return xml(invalidation(`I${randomBytes(6).toString('hex').toUpperCase()}`, batch), 201);
    },
    'cloudfront:GetInvalidation': (call) =>
      named(call.path) ? xml(invalidation(lastPart(call.path), '')) : missing('Distribution'),
    'cloudfront:ListTagsForResource': (call, forward) => {
      const distribution = stored.get(lastPart(call.query.get('Resource') ?? ''));
      return distribution ? xml(distribution.tags) : forward(call);
    },
  };
}

const invalidation = (id: string, batch: string): string =>
  `<Invalidation><Id>${id}</Id><Status>Completed</Status>` +
  `<CreateTime>2026-01-01T00:00:00Z</CreateTime>${batch}</Invalidation>`;

/** AWS fills these in; the provider takes them for granted, and some of them it does not survive without. */
function withDefaults(config: string): string {
  let full = config;
  if (!full.includes('<OriginGroups>'))
    full = full.replace(
      '</DistributionConfig>',
      '<OriginGroups><Quantity>0</Quantity></OriginGroups></DistributionConfig>',
    );
  for (const behaviour of ['DefaultCacheBehavior', 'CacheBehavior']) {
    full = full.replaceAll(new RegExp(`<${behaviour}>[\\s\\S]*?</${behaviour}>`, 'g'), (text) =>
      text.includes('<GrpcConfig>')
        ? text
        : text.replace(
            `</${behaviour}>`,
            `<GrpcConfig><Enabled>false</Enabled></GrpcConfig></${behaviour}>`,
          ),
    );
  }
  return full;
}
