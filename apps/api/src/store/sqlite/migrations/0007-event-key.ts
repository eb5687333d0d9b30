/**
 * `(source, eventId)` is unique by the columns themselves. The id comes first: most ids grow with time, and an event is then written where the one
 * before it was, while a hash of the pair lands on another page for each.
 */
export const eventKey = `
DROP TABLE event_keys;
CREATE UNIQUE INDEX events_key ON events (event_id, source);
`;
