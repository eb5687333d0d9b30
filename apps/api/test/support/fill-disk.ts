/**
 * SQL that makes a PostgreSQL database refuse rows as on a full disk (SQLSTATE 53100) once the texts and payloads of events, counters and
 * sights together pass a size, in whichever step of a transaction that is.
 */
export function diskLimitSql(maxSizeBytes: number): string {
  const triggers = ['events', 'rollups', 'seen_types'].map(
    (table) =>
      `CREATE TRIGGER ${table}_disk AFTER INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION limit_disk();`,
  );
  return `
CREATE FUNCTION limit_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(octet_length(type) + coalesce(octet_length(data), 0)), 0) FROM events)
    + (SELECT coalesce(sum(octet_length(type)), 0) FROM rollups)
    + (SELECT coalesce(sum(octet_length(type)), 0) FROM seen_types) > ${maxSizeBytes} THEN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
  END IF;
  RETURN NULL;
END $$;
${triggers.join('\n')}`;
}
