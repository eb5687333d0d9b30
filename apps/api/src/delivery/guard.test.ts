import { describe, expect, test } from '@jest/globals';
import { checkTargetUrl } from './check-target-url.ts';
import { classifyAddress, isForbidden, type AddressClass } from './guard.ts';

const ADDRESSES: readonly [string, AddressClass][] = [
  ['1.1.1.1', 'public'],
  ['93.184.215.14', 'public'],
  ['172.32.0.1', 'public'],
  ['100.128.0.1', 'public'],
  ['2606:4700::1111', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['fc00::1', 'private'],
  ['fd12:3456::1', 'private'],
  ['fec0::1', 'private'],
  ['169.254.1.1', 'link_local'],
  ['fe80::1', 'link_local'],
  ['fe80::1%eth0', 'link_local'],
  ['100.64.0.1', 'carrier_grade_nat'],
  ['100.127.255.255', 'carrier_grade_nat'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['255.255.255.255', 'multicast'],
  ['ff02::1', 'multicast'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['192.0.0.1', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['100::1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['3fff::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['::7f00:1', 'embedded_ipv4'],
  ['::ffff:127.0.0.1', 'embedded_ipv4'],
  ['::ffff:7f00:1', 'embedded_ipv4'],
  ['::ffff:8.8.8.8', 'embedded_ipv4'],
  ['::ffff:0:127.0.0.1', 'embedded_ipv4'],
  ['64:ff9b::7f00:1', 'embedded_ipv4'],
  ['64:ff9b::8.8.8.8', 'embedded_ipv4'],
  ['64:ff9b:1::a00:1', 'embedded_ipv4'],
  ['2002:7f00:1::', 'embedded_ipv4'],
  ['2002:c0a8:101::1', 'embedded_ipv4'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'embedded_ipv4'],
  ['2606:4700::200:5efe:7f00:1', 'embedded_ipv4'],
  ['169.254.169.254', 'metadata'],
  ['169.254.170.2', 'metadata'],
  ['169.254.170.23', 'metadata'],
  ['169.254.169.253', 'metadata'],
  ['100.100.100.200', 'metadata'],
  ['168.63.129.16', 'metadata'],
  ['192.0.0.192', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['fd00:ec2::23', 'metadata'],
  ['fd20:ce::254', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['::169.254.169.254', 'metadata'],
  ['64:ff9b::a9fe:a9fe', 'metadata'],
  ['2002:a9fe:a9fe::', 'metadata'],
  ['2001:0:0:0:0:0:5601:5601', 'metadata'],
  ['fe80::5efe:a9fe:a9fe', 'metadata'],
  ['localhost', 'invalid'],
  ['127.1', 'invalid'],
  ['0x7f000001', 'invalid'],
  ['2130706433', 'invalid'],
  ['0177.0.0.1', 'invalid'],
  ['127.0.0.1 ', 'invalid'],
  ['[::1]', 'invalid'],
  ['', 'invalid'],
];

describe('an address', () => {
  test.each(ADDRESSES)('%s is %s', (address, expected) => {
    expect(classifyAddress(address)).toBe(expected);
  });

  test.each(ADDRESSES)('%s (%s) is forbidden unless it is public', (address, addressClass) => {
    expect(isForbidden(address, [])).toBe(addressClass !== 'public');
  });

  test.each(ADDRESSES.filter(([, one]) => one === 'metadata' || one === 'invalid'))(
    '%s stays forbidden whatever is allowed',
    (address) => {
      expect(isForbidden(address, ['0.0.0.0/0', '::/0'])).toBe(true);
    },
  );

  test('is allowed inside the allowed networks only', () => {
    expect(isForbidden('127.0.0.1', ['127.0.0.0/8'])).toBe(false);
    expect(isForbidden('::ffff:127.0.0.1', ['127.0.0.0/8'])).toBe(false);
    expect(isForbidden('10.0.0.1', ['127.0.0.0/8'])).toBe(true);
    expect(isForbidden('fd12::1', ['fd12::/16'])).toBe(false);
  });
});

const REFUSED_URLS = [
  'http://example.com/hook',
  'ftp://example.com',
  'file:///etc/passwd',
  'gopher://example.com',
  'javascript:alert(1)',
  'data:text/plain,x',
  'ws://example.com',
  'example.com/hook',
  '//example.com',
  '',
  'https://',
  'https://user@example.com',
  'https://user:pass@example.com',
  'https://example.com@127.0.0.1',
  'https://example.com:0/',
  'https://example.com:99999/',
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://api.localhost/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://127.000.000.001/',
  'https://127.0.0.1./',
  'https://127。0。0。1/',
  'https://①②⑦.0.0.1/',
  'https://1.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://192.168.0.1:8443/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fe80::1%25eth0]/',
  'https://[fd00:ec2::254]/',
  ' https://example.com/',
  'https://exam ple.com/',
  'https://example.com/\nX: y',
  'https:\\\\127.0.0.1\\',
  'https://example.com\\@127.0.0.1/',
];

describe("a target's URL", () => {
  test.each(REFUSED_URLS)('%j is refused', (url) => {
    expect(checkTargetUrl(url, { allowCidrs: [] })).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/\.$/),
    });
  });

  test.each([
    'https://example.com',
    'https://example.com:8443/hooks?team=1',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
    'https://münchen.example/',
  ])('%j is accepted', (url) => {
    expect(checkTargetUrl(url, { allowCidrs: [] }).ok).toBe(true);
  });

  test('plain http is accepted where the host may be in an allowed network', () => {
    const rules = { allowCidrs: ['127.0.0.0/8', '::1/128'] };
    expect(checkTargetUrl('http://127.0.0.1:3000/', rules).ok).toBe(true);
    expect(checkTargetUrl('http://localhost:3000/', rules).ok).toBe(true);
    expect(checkTargetUrl('http://receiver:3000/', rules).ok).toBe(true);
    expect(checkTargetUrl('http://1.1.1.1/', rules).ok).toBe(false);
    expect(checkTargetUrl('http://10.0.0.1/', rules).ok).toBe(false);
    expect(checkTargetUrl('https://localhost/', { allowCidrs: ['10.0.0.0/8'] }).ok).toBe(false);
  });

  test('odd notations are refused even of allowed addresses', () => {
    expect(checkTargetUrl('http://127.1/', { allowCidrs: ['127.0.0.0/8'] })).toEqual({
      ok: false,
      detail: 'The address is written in an unusual way; write 127.0.0.1.',
      isForbidden: true,
    });
  });
});
