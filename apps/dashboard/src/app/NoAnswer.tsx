import type { ApiProblem } from '../api/problem.ts';
import { Button } from '../ui/Button/Button.tsx';
import { Page } from '../ui/Page/Page.tsx';
import { Problem } from '../ui/Problem/Problem.tsx';

/** Stands in for every screen while nobody can say whether there is a session. */
export function NoAnswer({ problem, again }: { problem: ApiProblem; again: () => void }) {
  const isSilent = problem.status === 0;
  return (
    <main>
      <Page
        title={isSilent ? 'The gateway does not answer' : 'The gateway is not ready'}
        isNarrow
        actions={<Button onClick={again}>Try now</Button>}
      >
        <Problem problem={problem}>
          <p>It is asked again every few seconds.</p>
        </Problem>
      </Page>
    </main>
  );
}
