import { useNavigate } from 'react-router';
import { useGetDeliveryQuery } from '../../api/deliveries.ts';
import { paths } from '../../lib/paths.ts';
import { findId, type Command } from './find-commands.ts';

const SCREENS: Readonly<Partial<Record<string, (id: string) => string>>> = {
  evt: paths.event,
  src: paths.source,
  tgt: paths.target,
  sub: paths.subscription,
  rpl: paths.replay,
  usr: paths.user,
};

/** Where an id that was typed leads, or a search for the text. */
export function useFindById(typed: string): Command[] {
  const navigate = useNavigate();
  const found = findId(typed);
  const isDelivery = found?.prefix === 'dlv';
  const { currentData: delivery } = useGetDeliveryQuery(isDelivery ? found.id : '', {
    skip: !isDelivery,
  });
  const text = typed.trim();
  if (text === '') return [];
  const path =
    found === null
      ? undefined
      : isDelivery
        ? delivery && paths.eventDelivery(delivery.eventId, delivery.id)
        : SCREENS[found.prefix]?.(found.id);
  const search = {
    key: 'search',
    kind: 'Search',
    label: `Events that hold “${text}”`,
    run: () => void navigate(paths.eventsOf({ q: text })),
  };
  if (found === null || path === undefined) return [search];
  return [
    { key: found.id, kind: 'Id', label: `Open ${found.id}`, run: () => void navigate(path) },
    search,
  ];
}
