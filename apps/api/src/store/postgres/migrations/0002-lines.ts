import { stateCode } from '../../codes.ts';
import { HAS_TURN, WAITS } from '../../turns.ts';

const DELIVERING = stateCode('delivering');
const RETRYING = stateCode('retrying');
const DEAD = stateCode('dead');

/**
 * What keeps the lines of ordered deliveries, as `DeliveryStore` tells. Whoever changes the state of a delivery that may be ordered holds its
 * line's lock and calls one of these right after it. Each answers the deliveries that it changed, and which of them is due by it.
 */
export const lines = `
-- The share lock makes a subscription that is changed at the same moment wait, so that its change finds what was decided here.
CREATE FUNCTION line_blocks(line_subscription text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM resources
  WHERE id = line_subscription AND kind = 'subscription' AND body::json ->> 'onDeadLetter' = 'block' FOR SHARE;
  RETURN FOUND;
END $$;

-- Gives the free turn of a line to the first that waits. Due since it was accepted: so no younger delivery of the target comes first again and again.
CREATE FUNCTION line_pass_on(line_subscription text, line_key text) RETURNS TABLE (changed bigint, is_due boolean) LANGUAGE plpgsql AS $$
DECLARE
  next record;
BEGIN
  LOOP
    SELECT seq, state INTO next FROM deliveries
    WHERE subscription_id = line_subscription AND ordering_key = line_key AND turn = ${WAITS} ORDER BY place LIMIT 1;
    EXIT WHEN NOT FOUND;
    changed := next.seq;
    is_due := next.state <> ${DEAD};
    IF is_due THEN
      UPDATE deliveries SET turn = ${HAS_TURN}, due_at = created_at WHERE seq = next.seq;
    ELSIF line_blocks(line_subscription) THEN
      UPDATE deliveries SET turn = ${HAS_TURN} WHERE seq = next.seq;
    ELSE
      UPDATE deliveries SET turn = NULL WHERE seq = next.seq;
      RETURN NEXT;
      CONTINUE;
    END IF;
    RETURN NEXT;
    EXIT;
  END LOOP;
END $$;

-- A delivery has ended for good.
CREATE FUNCTION line_ended(delivery bigint) RETURNS TABLE (changed bigint, is_due boolean) LANGUAGE plpgsql AS $$
DECLARE
  one record;
BEGIN
  SELECT subscription_id, ordering_key, turn INTO one FROM deliveries WHERE seq = delivery AND turn IS NOT NULL;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE deliveries SET turn = NULL WHERE seq = delivery;
  IF one.turn = ${HAS_TURN} THEN
    RETURN QUERY SELECT * FROM line_pass_on(one.subscription_id, one.ordering_key);
  END IF;
END $$;

-- A lease has ended, and the delivery stays in its line: one that was retried in front of it goes first.
CREATE FUNCTION line_given_back(delivery bigint) RETURNS TABLE (changed bigint, is_due boolean) LANGUAGE plpgsql AS $$
DECLARE
  one record;
BEGIN
  SELECT subscription_id, ordering_key, place INTO one FROM deliveries WHERE seq = delivery AND turn IS NOT NULL;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM 1 FROM deliveries
  WHERE subscription_id = one.subscription_id AND ordering_key = one.ordering_key AND turn = ${WAITS} AND place < one.place;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE deliveries SET turn = ${WAITS}, due_at = NULL WHERE seq = delivery;
  RETURN QUERY SELECT * FROM line_pass_on(one.subscription_id, one.ordering_key);
END $$;

-- A lease has ended with this state.
CREATE FUNCTION line_settled(delivery bigint, ended_as integer) RETURNS TABLE (changed bigint, is_due boolean) LANGUAGE plpgsql AS $$
BEGIN
  IF ended_as = ${RETRYING} OR (ended_as = ${DEAD} AND line_blocks((SELECT subscription_id FROM deliveries WHERE seq = delivery))) THEN
    RETURN QUERY SELECT * FROM line_given_back(delivery);
  ELSE
    RETURN QUERY SELECT * FROM line_ended(delivery);
  END IF;
END $$;

-- A delivery became pending and due by a retry: it goes back to its place.
CREATE FUNCTION line_reopened(delivery bigint) RETURNS TABLE (changed bigint, is_due boolean) LANGUAGE plpgsql AS $$
DECLARE
  one record;
  holder record;
BEGIN
  SELECT subscription_id, ordering_key, turn, place INTO one FROM deliveries WHERE seq = delivery AND ordering_key IS NOT NULL;
  IF NOT FOUND OR one.turn = ${HAS_TURN} THEN RETURN; END IF;
  SELECT seq, state, place INTO holder FROM deliveries
  WHERE subscription_id = one.subscription_id AND ordering_key = one.ordering_key AND turn = ${HAS_TURN};
  IF FOUND THEN
    IF holder.state = ${DELIVERING} OR holder.place < one.place THEN
      UPDATE deliveries SET turn = ${WAITS}, due_at = NULL WHERE seq = delivery;
      RETURN;
    END IF;
    UPDATE deliveries SET turn = ${WAITS}, due_at = NULL WHERE seq = holder.seq;
    changed := holder.seq;
    is_due := false;
    RETURN NEXT;
  END IF;
  UPDATE deliveries SET turn = ${HAS_TURN} WHERE seq = delivery;
END $$;
`;
