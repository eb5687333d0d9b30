import { type Handlers, withBody, xml } from '../call.ts';
import { allTexts, elementText } from '../xml-parts.ts';

/** Many objects at once, of which moto breaks on marks of deletion: they are deleted one by one. */
export function deletions(): Handlers {
  return {
    's3:DeleteObjects': async (call, forward) => {
      const [, bucket = ''] = call.path.split('/');
      const results: string[] = [];
      for (const object of allTexts(call.body.toString('utf8'), 'Object')) {
        const key = elementText(object, 'Key') ?? '';
        const version = elementText(object, 'VersionId');
        const query = new URLSearchParams(version === undefined ? {} : { versionId: version });
        const path = `/${bucket}/${encodeURIComponent(key)}`;
        const { status } = await forward({ ...withBody(call, ''), method: 'DELETE', path, query });
        const named = `<Key>${key}</Key>`;
        results.push(
          status < 300
            ? `<Deleted>${named}</Deleted>`
            : `<Error>${named}<Code>InternalError</Code><Message>${status}</Message></Error>`,
        );
      }
      return xml(`<DeleteResult>${results.join('')}</DeleteResult>`);
    },
  };
}
