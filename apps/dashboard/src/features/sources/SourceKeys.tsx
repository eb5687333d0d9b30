import type { SourceKeyCreated } from '@signalbox/api/contract';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import {
  useCreateSourceKeyMutation,
  useListSourceKeysQuery,
  useRevokeSourceKeyMutation,
} from '../../api/sources.ts';
import { curlEvent, SAMPLE_EVENT } from '../../lib/curl.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { TextField } from '../../ui/Field/Field.tsx';
import { IconKey } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { KeyShownOnce } from './KeyShownOnce.tsx';
import styles from './Sources.module.css';

/** The keys of a source: names and ages only; a new one is shown once. */
export function SourceKeys({ sourceId }: { sourceId: string }) {
  const keys = useListSourceKeysQuery(sourceId);
  const [create, creating] = useCreateSourceKeyMutation();
  const [revoke, revoking] = useRevokeSourceKeyMutation();
  const [name, setName] = useState('');
  const [created, setCreated] = useState<SourceKeyCreated | null>(null);
  const refusal = useRefusal('admin');
  const fault = keys.error ?? creating.error ?? revoking.error;

  async function make(): Promise<void> {
    const answer = await create({ sourceId, body: { name: name.trim() } });
    if (answer.data === undefined) return;
    setCreated(answer.data);
    setName('');
  }
  return (
    <Card title="Keys" isFlush>
      {created !== null && (
        <div className={styles.padded}>
          <KeyShownOnce created={created} />
        </div>
      )}
      {fault !== undefined && <Problem problem={asProblem(fault)} />}
      {keys.data === undefined && keys.error === undefined && (
        <div className={styles.padded}>
          <SkeletonLines lines={2} label="Reading keys" />
        </div>
      )}
      {keys.data?.length === 0 && (
        <EmptyState title="No keys">
          <p>Make a key below; the application sends it with every event.</p>
        </EmptyState>
      )}
      {keys.data !== undefined && keys.data.length > 0 && (
        <SimpleTable
          label="Keys of this source"
          headers={['Name', 'Made', 'Expires', 'Revoke']}
          endFrom={3}
          rows={keys.data.map((key) => ({
            key: key.id,
            cells: [
              key.name,
              <Time key="made" at={key.createdAt} />,
              key.expiresAt === null ? 'never' : <Time key="expires" at={key.expiresAt} />,
              <ConfirmButton
                key="revoke"
                size="small"
                label="Revoke"
                refusal={refusal}
                isBusy={revoking.isLoading}
                question={`Revoke the key ${key.name}?`}
                consequence="Whoever sends with it is refused within seconds. This cannot be undone."
                onConfirm={() => void revoke({ sourceId, keyId: key.id })}
              />,
            ],
          }))}
        />
      )}
      <form
        className={styles.newKey}
        aria-label="New key"
        onSubmit={(event) => {
          event.preventDefault();
          if (refusal === null) void make();
        }}
      >
        <TextField
          label="Name of a new key"
          placeholder="production"
          value={name}
          onChange={setName}
          isRequired
        />
        <Button type="submit" icon={<IconKey />} refusal={refusal} isBusy={creating.isLoading}>
          Create key
        </Button>
      </form>
      {created === null && (
        <div className={styles.padded}>
          <Code
            label="Command that sends an event"
            text={curlEvent(window.location.origin, '<key>', SAMPLE_EVENT)}
          />
        </div>
      )}
    </Card>
  );
}
