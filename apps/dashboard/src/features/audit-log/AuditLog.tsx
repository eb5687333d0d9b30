import { useCallback, useEffect, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useListAuditLogInfiniteQuery } from '../../api/audit-log.ts';
import { useExport } from '../../api/export-list.ts';
import { useUserName } from '../../api/names.ts';
import { useRefusal } from '../../api/roles.ts';
import { useRows } from '../../api/use-rows.ts';
import { useListUsersQuery } from '../../api/users.ts';
import { useUrlFilters, writeFilter } from '../../lib/url-filters.ts';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Refused } from '../../ui/Refused/Refused.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditDetail } from './AuditDetail.tsx';
import { MissingEntry } from './MissingEntry.tsx';

const IN_URL = { many: [], one: ['actor', 'action', 'subjectId'] } as const;
type One = (typeof IN_URL.one)[number];
/** Which entry is open. */
const OPEN = 'entry';
/** As far back the entry of a link is looked for. */
const MOST_SEARCHED = 1000;

/** Who changed what, when and from where; one entry opened shows before and after. */
export function AuditLog() {
  const refusal = useRefusal('admin');
  if (refusal !== null) return <Refused title="Audit log" refusal={refusal} />;
  return <Log />;
}

function Log() {
  const { filters, bind, clear, isFiltered } = useUrlFilters<never, One>(IN_URL);
  const list = useListAuditLogInfiniteQuery(filters);
  const { data: users = [] } = useListUsersQuery(undefined);
  const userName = useUserName();
  const exported = useExport('/v1/audit-log', filters);
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const shown = useRows(list);
  const linkTo = useCallback(
    (id: string | undefined) => `${pathname}?${writeFilter(params, OPEN, id).toString()}`,
    [pathname, params],
  );
  const columns = useMemo(() => auditColumns(userName, ({ id }) => linkTo(id)), [userName, linkTo]);
  const { rows, onMore, isLoading, problem } = shown;
  const openId = params.get(OPEN);
  const open = rows.find(({ id }) => id === openId);
  const isMissing = openId !== null && open === undefined;
  const isInReach = isMissing && rows.length < MOST_SEARCHED;
  useEffect(() => {
    if (isInReach) onMore();
  }, [isInReach, onMore, rows.length]);
  const close = () => void navigate(linkTo(undefined));
  return (
    <>
      <ListScreen
        title="Audit log"
        above={
          <Filters isFiltered={isFiltered} onClear={clear}>
            <SearchFilter
              label="Action"
              placeholder="Action, such as target.updated"
              {...bind('action')}
              hotkey
            />
            <SearchFilter
              label="Id of the thing"
              placeholder="Id of the thing"
              {...bind('subjectId')}
              isNarrow
            />
            <SelectFilter
              label="Who"
              {...bind('actor')}
              options={[
                ['system', 'the gateway'],
                ...users.map((user) => [user.id, user.name] as const),
              ]}
            />
          </Filters>
        }
        exported={exported}
        {...shown}
        rowKey={(entry) => entry.id}
        rowLink={(entry) => linkTo(entry.id)}
        columns={columns}
        empty={
          <EmptyState
            title={isFiltered ? 'No entry fits these filters' : 'Nothing was changed yet'}
          >
            <p>Every change of a setting and every act on deliveries is written down here.</p>
          </EmptyState>
        }
      />
      {open !== undefined && (
        <AuditDetail entry={open} actorName={userName(open.actor) ?? open.actor} onClose={close} />
      )}
      {isMissing && (
        <MissingEntry
          isLooking={isLoading || (isInReach && list.hasNextPage)}
          problem={problem}
          count={rows.length}
          isFiltered={isFiltered}
          onClose={close}
        />
      )}
    </>
  );
}
