import type { Resource } from '../read-plan.ts';
import { faultsOf, type PlanRule } from '../rule.ts';

const EDGE = ['aws_cloudfront_distribution'];
const NEW_TLS = /^TLSv1\.2_20(19|21|25)$/;

interface Behaviour {
  viewer_protocol_policy: string;
  response_headers_policy_id: string;
}

interface Origin {
  origin_access_control_id: string;
  custom_origin_config: { origin_protocol_policy: string; origin_ssl_protocols: string[] }[];
}

const behavioursOf = (edge: Resource): Behaviour[] =>
  [...edge.list('default_cache_behavior'), ...edge.list('ordered_cache_behavior')] as Behaviour[];
const originsOf = (edge: Resource): Origin[] => edge.list('origin') as Origin[];

export const edgeRules: PlanRule[] = [
  {
    number: 32,
    title: 'The edge speaks TLS with everyone',
    findFaults: (plan) =>
      faultsOf(
        plan,
        EDGE,
        (edge) =>
          behavioursOf(edge).every(({ viewer_protocol_policy: policy }) =>
            ['https-only', 'redirect-to-https'].includes(policy),
          ),
        'A behaviour takes plain HTTP.',
      ),
  },
  {
    number: 33,
    title: 'The edge speaks TLS 1.2 or newer',
    findFaults: (plan) =>
      faultsOf(
        plan,
        EDGE,
        (edge) => NEW_TLS.test(edge.text('viewer_certificate.0.minimum_protocol_version')),
        'It speaks versions of TLS older than 1.2.',
      ),
  },
  {
    number: 34,
    title: 'The edge signs, protects, logs and filters',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        EDGE,
        (edge) =>
          originsOf(edge).every(
            (origin) =>
              origin.custom_origin_config.length > 0 || origin.origin_access_control_id !== '',
          ),
        'A bucket is read without origin access control.',
      ),
      ...faultsOf(
        plan,
        EDGE,
        (edge) => behavioursOf(edge).every((one) => one.response_headers_policy_id !== ''),
        'A behaviour has no policy of response headers.',
      ),
      ...faultsOf(
        plan,
        EDGE,
        (edge) =>
          edge.list('logging_config').length > 0 ||
          plan.has('aws_cloudwatch_log_delivery_source', 'resource_arn', edge.get('arn')),
        'Access to it is not logged.',
      ),
      ...faultsOf(
        plan,
        EDGE,
        (edge) => edge.text('web_acl_id') !== '',
        'No firewall stands before it.',
      ),
      ...faultsOf(
        plan,
        EDGE,
        (edge) => edge.text('default_root_object') !== '',
        'It has no default root object.',
      ),
    ],
  },
  {
    number: 35,
    title: 'With a domain, the way to the origin is TLS 1.2',
    findFaults: (plan) =>
      faultsOf(
        plan,
        EDGE,
        (edge) =>
          edge.list('aliases').length === 0 ||
          originsOf(edge)
            .flatMap((origin) => origin.custom_origin_config)
            .every(
              (origin) =>
                origin.origin_protocol_policy === 'https-only' &&
                origin.origin_ssl_protocols.join() === 'TLSv1.2',
            ),
        'An origin is called without TLS 1.2.',
      ),
  },
  {
    number: 36,
    title: 'Load balancers speak TLS 1.2 and refuse what is malformed',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_lb_listener'],
        (listener) =>
          listener.text('protocol') === 'HTTPS'
            ? /TLS13|TLS-1-2/.test(listener.text('ssl_policy'))
            : listener.get('default_action.0.type') === 'redirect',
        'It answers without TLS 1.2.',
      ),
      ...faultsOf(
        plan,
        ['aws_lb'],
        (balancer) => balancer.get('drop_invalid_header_fields') === true,
        'drop_invalid_header_fields is off.',
      ),
      ...faultsOf(
        plan,
        ['aws_lb'],
        (balancer) => !plan.isProduction || balancer.get('enable_deletion_protection') === true,
        'In production it wants enable_deletion_protection.',
      ),
    ],
  },
];
