/** What each process says of itself with its heartbeat. */
export const processReports = 'ALTER TABLE processes ADD COLUMN report TEXT;';
