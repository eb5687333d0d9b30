import type { SourceKeyCreated } from '@signalbox/api/contract';
import { useState } from 'react';
import { sendSample } from '../../api/send-sample.ts';
import { curlEvent, SAMPLE_EVENT } from '../../lib/curl.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { IconDelivering } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';

/** A new key, the only time that it can be seen, with a command that uses it. */
export function KeyShownOnce({ created }: { created: SourceKeyCreated }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function send(): Promise<void> {
    setBusy(true);
    setAnswer(await sendSample(created.key, SAMPLE_EVENT));
    setBusy(false);
  }
  return (
    <Stack gap={3}>
      <p>
        Copy the key <strong>{created.name}</strong> now. It is shown this once; the gateway keeps
        only a hash of it.
      </p>
      <Code label="Key" text={created.key} wraps />
      <p>Try it:</p>
      <Code
        label="Command that sends an event"
        text={curlEvent(window.location.origin, created.key, SAMPLE_EVENT)}
      />
      <ButtonRow>
        <Button icon={<IconDelivering />} isBusy={isBusy} onClick={() => void send()}>
          Send a test event
        </Button>
        {answer !== null && <Muted role="status">{answer}</Muted>}
      </ButtonRow>
    </Stack>
  );
}
