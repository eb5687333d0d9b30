import { useNavigate } from 'react-router';
import { useListEventTypesQuery } from '../../api/event-types.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import { useListSubscriptionsQuery } from '../../api/subscriptions.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { applyTheme, THEMES } from '../../lib/theme.ts';
import { SCREENS } from '../screens.tsx';
import type { Command } from './find-commands.ts';

/** Everything that can be gone to or done from anywhere. */
export function useCommands(): Command[] {
  const navigate = useNavigate();
  const go = (key: string, kind: string, label: string, to: string): Command => ({
    key,
    kind,
    label,
    run: () => void navigate(to),
  });
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const { data: subscriptions = [] } = useListSubscriptionsQuery(undefined);
  const { data: eventTypes = [] } = useListEventTypesQuery(undefined);
  const operator = useRefusal('operator');
  const admin = useRefusal('admin');
  const make = (what: string, to: string, refusal: string | null): Command => ({
    ...go(to, 'Act', `New ${what}`, to),
    refusal,
  });
  return [
    ...SCREENS.map(({ to, label }) => go(to, 'Screen', label, to)),
    make('source', paths.newSource, admin),
    make('target', paths.newTarget, admin),
    make('subscription', paths.newSubscription, admin),
    make('event type', paths.newEventType, admin),
    make('user', paths.newUser, admin),
    make('replay', paths.newReplay, operator),
    ...THEMES.map((theme) => ({
      key: `theme ${theme}`,
      kind: 'Act',
      label: `Theme: ${theme === 'system' ? 'as the system' : theme}`,
      run: () => {
        applyTheme(theme);
      },
    })),
    ...sources.map(({ id, name }) => go(id, 'Source', name, paths.source(id))),
    ...targets.map(({ id, name }) => go(id, 'Target', name, paths.target(id))),
    ...subscriptions.map(({ id, name }) => go(id, 'Subscription', name, paths.subscription(id))),
    ...eventTypes.map(({ name }) => go(`type ${name}`, 'Event type', name, paths.eventType(name))),
    ...targets
      .filter(({ state }) => state !== 'disabled')
      .map(({ id, name, state }) => {
        const question = state === 'paused' ? 'resume' : 'pause';
        const label = `${question === 'resume' ? 'Resume' : 'Pause'} target ${name}`;
        const command = go(`act ${id}`, 'Act', label, paths.targetAsking(id, question));
        return { ...command, refusal: operator };
      }),
  ];
}
