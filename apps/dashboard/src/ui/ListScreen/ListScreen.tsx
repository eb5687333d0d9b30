import type { ReactNode } from 'react';
import { Button } from '../Button/Button.tsx';
import { DataTable, type DataTableProps } from '../DataTable/DataTable.tsx';
import { ExportButton, type ReadRows } from '../ExportButton/ExportButton.tsx';
import { Page } from '../Page/Page.tsx';
import { Problem, type ShownProblem } from '../Problem/Problem.tsx';

/** A screen that is one list: heading and actions, what stands above the rows, what went wrong, and the rows. */
export function ListScreen<Row>(
  props: Omit<DataTableProps<Row>, 'label'> & {
    title: string;
    meta?: ReactNode;
    actions?: ReactNode;
    /** Filters and whatever else stands between the heading and the rows. */
    above?: ReactNode;
    problem: ShownProblem | null;
    /** Reads once more what could not be read. */
    again?: { isBusy: boolean; run: () => void };
    /** How all rows are read for a file. */
    exported: { mostRows: number; read: ReadRows };
  },
) {
  const { title, meta, actions, above, problem, again, exported, ...table } = props;
  return (
    <Page
      title={title}
      fill
      meta={meta}
      actions={
        <>
          <ExportButton name={title.toLowerCase()} {...exported} />
          {actions}
        </>
      }
    >
      {above}
      {problem !== null && (
        <Problem problem={problem}>
          {again !== undefined && (
            <Button size="small" isBusy={again.isBusy} onClick={again.run}>
              Try again
            </Button>
          )}
        </Problem>
      )}
      {/* Nothing is known to be empty that could not be read. */}
      {(problem === null || table.rows.length > 0) && <DataTable label={title} {...table} />}
    </Page>
  );
}
