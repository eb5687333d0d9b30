import { useMemo } from 'react';
import { useRefusal } from './roles.ts';
import { useListSourcesQuery } from './sources.ts';
import { useListTargetsQuery } from './targets.ts';
import { useListSubscriptionsQuery } from './subscriptions.ts';
import { useListUsersQuery } from './users.ts';

export type NameOf = (id: string) => string | undefined;

function useNameMap(rows: readonly { id: string; name: string }[] | undefined): NameOf {
  return useMemo(() => {
    const names = new Map(rows?.map((row) => [row.id, row.name]));
    return (id: string) => names.get(id);
  }, [rows]);
}

/** Names by id, for screens that show ids of other resources. */
export const useSourceName = (): NameOf => useNameMap(useListSourcesQuery(undefined).data);
export const useTargetName = (): NameOf => useNameMap(useListTargetsQuery(undefined).data);
export const useSubscriptionName = (): NameOf =>
  useNameMap(useListSubscriptionsQuery(undefined).data);
/** Knows no name unless an admin asks: others may not list users. */
export const useUserName = (): NameOf =>
  useNameMap(useListUsersQuery(undefined, { skip: useRefusal('admin') !== null }).data);
