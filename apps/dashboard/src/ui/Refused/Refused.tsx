import { EmptyState } from '../EmptyState/EmptyState.tsx';
import { Page } from '../Page/Page.tsx';

/** A screen that the viewer's role does not open, with the reason. */
export function Refused({ title, refusal }: { title: string; refusal: string }) {
  return (
    <Page title={title}>
      <EmptyState title="Not for your role">
        <p>{refusal} Ask an admin to change your role or to look for you.</p>
      </EmptyState>
    </Page>
  );
}
