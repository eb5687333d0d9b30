import { deleteResource } from '../../http/resources/save-resource.ts';
import { showSourceKey } from '../../http/resources/show-source.ts';
import { CommandError, type Command } from '../command.ts';
import { COMMAND_LINE, withStore } from '../with-store.ts';

export const keysRevoke: Command = {
  name: 'keys revoke',
  positionals: ['KEY_ID'],
  summary: 'Refuse a key of a source from now on.',
  details:
    'KEY_ID is a key_… id of "signalbox keys list". Running gateways refuse it within a second.',
  async run(call) {
    const id = call.argument('KEY_ID');
    const { key, source } = await withStore(call, async (tools) => {
      const found = await tools.store.getResource('source-key', id);
      if (!found) {
        throw new CommandError(
          'failed',
          `There is no source key ${id}. "signalbox keys list" shows all.`,
        );
      }
      const parent = await tools.store.getResource('source', found.parentId ?? '');
      await deleteResource(tools, COMMAND_LINE, showSourceKey, found);
      return { key: found, source: parent?.body.name ?? found.parentId };
    });
    call.answer(
      { revoked: showSourceKey(key) },
      `The key "${key.body.name}" of ${source ?? 'a source'} is revoked.`,
    );
    return undefined;
  },
};
