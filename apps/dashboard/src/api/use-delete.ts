import { useNavigate } from 'react-router';
import type { WithEtag } from './base-api.ts';
import { problemOf } from './problem.ts';
import { useRefusal } from './roles.ts';

type Mutation = readonly [
  (request: { id: string; etag: string | null }) => PromiseLike<{ error?: unknown }>,
  { isLoading: boolean; error?: unknown },
];

/** What the button needs with which an admin deletes a stored resource; once it is gone, `listPath` is shown. */
export function useDelete(
  { id, name, etag }: WithEtag<{ id: string; name: string }>,
  [remove, { isLoading, error }]: Mutation,
  listPath: string,
) {
  const navigate = useNavigate();
  async function confirm(): Promise<void> {
    const answer = await remove({ id, etag });
    if (answer.error === undefined) await navigate(listPath);
  }
  return {
    name,
    refusal: useRefusal('admin'),
    isBusy: isLoading,
    problem: problemOf(error),
    onDelete: () => void confirm(),
  };
}
