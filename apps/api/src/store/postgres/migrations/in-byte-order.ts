/**
 * Has the text of these tables compared by its bytes, whatever the collation of the database: so both engines have the same order, comparing costs
 * less, and no index depends on the language tables of the server's system, which an upgrade may change underneath it. For empty tables: indexes are built anew.
 */
export function inByteOrder(tables: readonly string[]): string {
  const names = tables.map((table) => `'${table}'`).join(', ');
  return `
DO $$
DECLARE
  changed record;
BEGIN
  FOR changed IN
    SELECT attrelid::regclass AS name, string_agg(format('ALTER COLUMN %I TYPE text COLLATE "C"', attname), ', ') AS columns
    FROM pg_attribute
    WHERE attrelid = ANY (ARRAY[${names}]::regclass[]) AND atttypid = 'text'::regtype AND attnum > 0 AND NOT attisdropped
    GROUP BY attrelid
  LOOP
    EXECUTE format('ALTER TABLE %s %s', changed.name, changed.columns);
  END LOOP;
END $$;
`;
}
