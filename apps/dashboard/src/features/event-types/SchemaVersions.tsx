import type { EventType } from '@signalbox/api/contract';
import { useDeleteEventSchemaMutation } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { Segments } from '../../ui/Segments/Segments.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const IN_URL = { many: [], one: ['version'] } as const;

/** The schemas, one version at a time; which one is in the URL. */
export function SchemaVersions({ type }: { type: EventType }) {
  const { filters, setFilter } = useUrlFilters<never, 'version'>(IN_URL);
  const [remove, removing] = useDeleteEventSchemaMutation();
  const refusal = useRefusal('admin');
  const chosen =
    type.schemas.find(({ version }) => String(version) === filters.version) ?? type.schemas.at(-1);
  if (chosen === undefined) {
    return (
      <Card title="Schema">
        <EmptyState title="No schema yet">
          <p>
            Without one every payload of this type passes. Add the first version below, then choose
            on each source what happens to payloads that break it.
          </p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title="Schema"
      actions={
        <>
          <span>
            added <Time at={chosen.createdAt} />
          </span>
          <Segments
            label="Version"
            value={String(chosen.version)}
            options={type.schemas.map(({ version }) => [String(version), `v${version}`])}
            onChange={(version) => setFilter('version', version)}
          />
          <DeleteButton
            name={`version ${chosen.version} of ${type.name}`}
            consequence="Payloads are checked against the newest of the others, or not at all when there is none."
            refusal={refusal}
            isBusy={removing.isLoading}
            problem={problemOf(removing.error)}
            onDelete={() => void remove({ name: type.name, version: chosen.version })}
          />
        </>
      }
    >
      <Code
        label={`Schema, version ${chosen.version}`}
        text={JSON.stringify(chosen.schema, null, 2)}
        tall
      />
    </Card>
  );
}
