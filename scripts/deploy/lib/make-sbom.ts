import { createHash } from 'node:crypto';
import { ROOT } from '../../lib/run.ts';
import { listParts, type Part } from './list-runtime-packages.ts';
import type { ReleaseFacts } from './manifest.ts';

/**
 * What the gateway and the built dashboard are made of, as CycloneDX 1.5, from the lock file: the same text each time from the same
 * commit. (`npm sbom` gives up on a lock file with an unmet wish of a tool, and without the tools it loses packages that they use too.)
 */
export async function makeSbom(facts: ReleaseFacts): Promise<string> {
  const parts = await listParts(ROOT);
  const self = `signalbox@${facts.version}`;
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(`${facts.commit} ${facts.version}`)}`,
    version: 1,
    metadata: {
      timestamp: new Date(facts.committedAt).toISOString(),
      component: {
        'bom-ref': self,
        type: 'application',
        name: 'signalbox',
        version: facts.version,
        licenses: [{ expression: 'Apache-2.0' }],
      },
    },
    components: parts.map(describePart),
    dependencies: [
      { ref: self, dependsOn: parts.map(refOf) },
      ...parts.map((part) => ({ ref: refOf(part), dependsOn: part.uses })),
    ],
  };
  return `${JSON.stringify(sbom, null, 2)}\n`;
}

const refOf = ({ name, version }: Part): string => `${name}@${version}`;

function describePart(part: Part): object {
  const { name, version, license, integrity } = part;
  const digest = /^sha512-(.+)$/.exec(integrity ?? '')?.[1];
  return {
    'bom-ref': refOf(part),
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(digest === undefined
      ? {}
      : { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
  };
}

/** A UUID made of a text (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
    .join('-');
}
