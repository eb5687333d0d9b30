import ipaddr from 'ipaddr.js';
import type { IPv4, IPv6 } from 'ipaddr.js';

/** A test of texts that are addresses, or what is wrong with the block. */
export type CidrTest = { test: (value: string) => boolean } | { fault: string };

const BLOCK = /^([0-9a-fA-F.:]+)\/([0-9]{1,3})$/;
const SHAPE = 'expected an address block such as "10.0.0.0/24" or "2001:db8::/32"';
const LONGEST_ADDRESS = 45;

/** Reads an IPv4 or IPv6 block. Only the ordinary ways to write an address count: no octal, no zone. */
export function parseCidr(operand: unknown): CidrTest {
  const found = typeof operand === 'string' ? BLOCK.exec(operand) : null;
  if (!found) return { fault: SHAPE };
  const network = parseAddress(found[1] ?? '');
  const bits = Number(found[2]);
  if (!network) return { fault: SHAPE };
  const width = network.kind() === 'ipv4' ? 32 : 128;
  if (bits > width) return { fault: `expected at most ${width} mask bits, got ${bits}` };
  return {
    test: (value) => {
      const address = parseAddress(value);
      return (
        address !== null && address.kind() === network.kind() && isInside(address, network, bits)
      );
    },
  };
}

function isInside(address: IPv4 | IPv6, network: IPv4 | IPv6, bits: number): boolean {
  const left = address.toByteArray();
  const right = network.toByteArray();
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (left[index] !== right[index]) return false;
  const shift = 8 - (bits & 7);
  return shift === 8 || (left[whole] ?? 0) >> shift === (right[whole] ?? 0) >> shift;
}

function parseAddress(text: string): IPv4 | IPv6 | null {
  if (text.length > LONGEST_ADDRESS || text.includes('%')) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}
