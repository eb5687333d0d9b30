import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What an address is good for. Only `public` may be reached by default. */
export type AddressClass =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link_local'
  | 'carrier_grade_nat'
  | 'multicast'
  | 'unspecified'
  | 'reserved'
  /** An IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo, ISATAP …). */
  | 'embedded_ipv4'
  /** Where clouds hand out credentials. */
  | 'metadata'
  | 'invalid';

/** The instance services of the large clouds, by their vendors' documentation. */
const METADATA = [
  '169.254.169.0/24',
  '169.254.170.0/24',
  '169.254.42.42/32',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  'fd00:ec2::/32',
  'fd20:ce::/32',
  'fd00:42::/32',
].map((cidr) => ipaddr.parseCIDR(cidr));

// RFC 4291: of all unicast space only this much is handed out for global use.
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

const CLASSES: Readonly<Record<string, AddressClass>> = {
  unicast: 'public',
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  linkLocal: 'link_local',
  carrierGradeNat: 'carrier_grade_nat',
  multicast: 'multicast',
  broadcast: 'multicast',
  unspecified: 'unspecified',
  ipv4Mapped: 'embedded_ipv4',
  rfc6145: 'embedded_ipv4',
  rfc6052: 'embedded_ipv4',
  '6to4': 'embedded_ipv4',
  teredo: 'embedded_ipv4',
};

/** Where the 16-bit words of an embedded IPv4 address stand, by prefix. */
const EMBEDDINGS: readonly { prefix: [Address, number]; word: number; inverted: boolean }[] = [
  { prefix: ipaddr.parseCIDR('::ffff:0:0/96'), word: 6, inverted: false },
  { prefix: ipaddr.parseCIDR('::ffff:0:0:0/96'), word: 6, inverted: false },
  { prefix: ipaddr.parseCIDR('::/96'), word: 6, inverted: false },
  { prefix: ipaddr.parseCIDR('64:ff9b::/96'), word: 6, inverted: false },
  { prefix: ipaddr.parseCIDR('64:ff9b:1::/48'), word: 6, inverted: false },
  { prefix: ipaddr.parseCIDR('2002::/16'), word: 1, inverted: false },
  { prefix: ipaddr.parseCIDR('2001::/32'), word: 2, inverted: false },
  { prefix: ipaddr.parseCIDR('2001::/32'), word: 6, inverted: true },
];

/**
 * Says what an IP address in its usual notation is. Anything that cannot be read strictly is `invalid`; an IPv6 address that
 * carries a metadata service's IPv4 address is `metadata`.
 */
export function classifyAddress(address: string): AddressClass {
  const parsed = parse(address);
  return parsed ? classify(parsed) : 'invalid';
}

/**
 * Whether no request may go to `address`: everything that is not public, unless it lies in one of `allowCidrs`.
 * Metadata addresses and what cannot be read are forbidden always.
 */
export function isForbidden(address: string, allowCidrs: readonly string[]): boolean {
  const parsed = parse(address);
  if (!parsed) return true;
  const addressClass = classify(parsed);
  if (addressClass === 'metadata') return true;
  return addressClass !== 'public' && !isInside(parsed, allowCidrs);
}

/** Whether `address` lies in one of `cidrs`; a v4-mapped IPv6 address also counts as its IPv4 one. */
export function isInCidrs(address: string, cidrs: readonly string[]): boolean {
  const parsed = parse(address);
  return parsed !== null && isInside(parsed, cidrs);
}

function parse(address: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  return ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
}

function classify(address: Address): AddressClass {
  if (METADATA.some((range) => matches(address, range))) return 'metadata';
  if (isIpv4(address)) return CLASSES[address.range()] ?? 'reserved';
  const inside = embeddedAddresses(address);
  if (inside.some((one) => classify(one) === 'metadata')) return 'metadata';
  const addressClass = CLASSES[address.range()] ?? 'reserved';
  if (addressClass === 'public' && inside.length > 0) return 'embedded_ipv4';
  return addressClass === 'public' && !matches(address, GLOBAL_UNICAST) ? 'reserved' : addressClass;
}

function embeddedAddresses(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const found = EMBEDDINGS.filter(({ prefix }) => matches(address, prefix)).map(
    ({ word, inverted }) => ipv4At(address.parts, word, inverted),
  );
  const [high = 0, low = 0] = address.parts.slice(4, 6);
  // ISATAP (RFC 5214): the interface id is 0000:5efe or 0200:5efe, then the IPv4 address.
  if ((high === 0 || high === 0x200) && low === 0x5efe) found.push(ipv4At(address.parts, 6, false));
  return found;
}

function ipv4At(parts: readonly number[], word: number, inverted: boolean): ipaddr.IPv4 {
  const flip = inverted ? 0xffff : 0;
  const high = (parts[word] ?? 0) ^ flip;
  const low = (parts[word + 1] ?? 0) ^ flip;
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}

function isInside(address: Address, cidrs: readonly string[]): boolean {
  const forms: Address[] = [address];
  if (!isIpv4(address) && address.isIPv4MappedAddress()) forms.push(address.toIPv4Address());
  return cidrs.some((cidr) => {
    const range = ipaddr.parseCIDR(cidr);
    return forms.some((form) => matches(form, range));
  });
}

function matches(address: Address, range: [Address, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}

function isIpv4(address: Address): address is ipaddr.IPv4 {
  return address.kind() === 'ipv4';
}
