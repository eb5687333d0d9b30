/**
 * Order per key. `turn` is null for what stands in no line, 1 for what waits for its turn, 2 for the one that has it; see `DeliveryStore`. Places in a
 * line are row numbers, which every index carries, so the first that waits is one step away. Unordered deliveries are in none of these indexes.
 */
export const order = `
ALTER TABLE deliveries ADD COLUMN ordering_key TEXT;
ALTER TABLE deliveries ADD COLUMN turn INTEGER;
CREATE UNIQUE INDEX deliveries_turn ON deliveries (subscription_id, ordering_key) WHERE turn = 2;
CREATE INDEX deliveries_line ON deliveries (subscription_id, ordering_key) WHERE turn = 1;
CREATE INDEX deliveries_held ON deliveries (target_id, state, created_at) WHERE turn = 1;
CREATE INDEX deliveries_blocking ON deliveries (subscription_id) WHERE turn IS NOT NULL AND state = 4;
CREATE INDEX deliveries_key ON deliveries (ordering_key, created_at) WHERE ordering_key IS NOT NULL;
`;
