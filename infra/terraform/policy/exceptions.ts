export interface Exception {
  rule: number;
  at: RegExp;
  message: RegExp;
  reason: string;
}

/** What is meant to break a rule, and why. One that excuses nothing any more is a fault itself. */
export const EXCEPTIONS: Exception[] = [
  {
    rule: 33,
    at: /^module\.cdn\.aws_cloudfront_distribution\.this$/,
    message: /older than 1\.2/,
    reason:
      'Without a domain the certificate is CloudFront’s own, for which no minimum can be set.',
  },
  {
    rule: 36,
    at: /^module\.fleet\[0\]\.aws_lb_listener\.app$/,
    message: /without TLS 1\.2/,
    reason:
      'Without a domain there is no certificate; the listener’s group lets in CloudFront alone.',
  },
  {
    rule: 34,
    at: /^module\.cdn\.aws_cloudfront_distribution\.this$/,
    message: /firewall/,
    reason:
      'AWS’s managed rules read bodies and would refuse events for what is written in them; the gateway limits addresses and logins itself.',
  },
  {
    rule: 29,
    at: /^aws_s3_bucket\.(state|trail)$/,
    message: /not logged/,
    reason:
      'A third bucket would log these two, and a fourth that one; changes of both are in the trail.',
  },
];
