import { paths } from '../lib/paths.ts';
import { ButtonLink } from '../ui/Button/Button.tsx';
import { EmptyState } from '../ui/EmptyState/EmptyState.tsx';
import { Page } from '../ui/Page/Page.tsx';

export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no screen at this address"
        action={<ButtonLink to={paths.overview}>Go to the overview</ButtonLink>}
      />
    </Page>
  );
}
