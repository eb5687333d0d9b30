import { lazy, type ComponentType, type ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import { Layout } from './Layout/Layout.tsx';
import { NotFound } from './NotFound.tsx';
import { SessionGate } from './SessionGate.tsx';

/** A screen in its own chunk. */
function screen<Name extends string>(
  load: () => Promise<Record<Name, () => ReactNode>>,
  name: Name,
): ComponentType {
  return lazy(async () => {
    const Screen: ComponentType = (await load())[name];
    return { default: Screen };
  });
}

const SignIn = screen(() => import('../features/sign-in/SignIn.tsx'), 'SignIn');
const Overview = screen(() => import('../features/overview/Overview.tsx'), 'Overview');
const FlowScreen = screen(() => import('../features/flow/FlowScreen.tsx'), 'FlowScreen');
const EventList = screen(() => import('../features/events/EventList.tsx'), 'EventList');
const EventPage = screen(() => import('../features/events/EventPage.tsx'), 'EventPage');
const DeliveryList = screen(
  () => import('../features/deliveries/DeliveryList.tsx'),
  'DeliveryList',
);
const DeadLetterList = screen(
  () => import('../features/dead-letters/DeadLetterList.tsx'),
  'DeadLetterList',
);
const ReplayList = screen(() => import('../features/replays/ReplayList.tsx'), 'ReplayList');
const NewReplay = screen(() => import('../features/replays/NewReplay.tsx'), 'NewReplay');
const ReplayPage = screen(() => import('../features/replays/ReplayPage.tsx'), 'ReplayPage');
const SourceList = screen(() => import('../features/sources/SourceList.tsx'), 'SourceList');
const NewSource = screen(() => import('../features/sources/NewSource.tsx'), 'NewSource');
const SourcePage = screen(() => import('../features/sources/SourcePage.tsx'), 'SourcePage');
const TargetList = screen(() => import('../features/targets/TargetList.tsx'), 'TargetList');
const NewTarget = screen(() => import('../features/targets/NewTarget.tsx'), 'NewTarget');
const TargetPage = screen(() => import('../features/targets/TargetPage.tsx'), 'TargetPage');
const SubscriptionList = screen(
  () => import('../features/subscriptions/SubscriptionList.tsx'),
  'SubscriptionList',
);
const NewSubscription = screen(
  () => import('../features/subscriptions/NewSubscription.tsx'),
  'NewSubscription',
);
const SubscriptionPage = screen(
  () => import('../features/subscriptions/SubscriptionPage.tsx'),
  'SubscriptionPage',
);
const EventTypeList = screen(
  () => import('../features/event-types/EventTypeList.tsx'),
  'EventTypeList',
);
const NewEventType = screen(
  () => import('../features/event-types/NewEventType.tsx'),
  'NewEventType',
);
const EventTypePage = screen(
  () => import('../features/event-types/EventTypePage.tsx'),
  'EventTypePage',
);
const AuditLog = screen(() => import('../features/audit-log/AuditLog.tsx'), 'AuditLog');
const UserList = screen(() => import('../features/users/UserList.tsx'), 'UserList');
const NewUser = screen(() => import('../features/users/NewUser.tsx'), 'NewUser');
const UserPage = screen(() => import('../features/users/UserPage.tsx'), 'UserPage');
const Settings = screen(() => import('../features/settings/Settings.tsx'), 'Settings');
const AlertList = screen(() => import('../features/alerts/AlertList.tsx'), 'AlertList');
const AlertRuleList = screen(() => import('../features/alerts/AlertRuleList.tsx'), 'AlertRuleList');
const NewAlertRule = screen(() => import('../features/alerts/NewAlertRule.tsx'), 'NewAlertRule');
const AlertRulePage = screen(() => import('../features/alerts/AlertRulePage.tsx'), 'AlertRulePage');

export function AppRoutes() {
  return (
    <SessionGate>
      <Routes>
        <Route path="/sign-in" element={<SignIn />} />
        <Route element={<Layout />}>
          <Route index element={<Overview />} />
          <Route path="/flow" element={<FlowScreen />} />
          <Route path="/events" element={<EventList />} />
          <Route path="/events/:id" element={<EventPage />} />
          <Route path="/deliveries" element={<DeliveryList />} />
          <Route path="/dead-letters" element={<DeadLetterList />} />
          <Route path="/replays" element={<ReplayList />} />
          <Route path="/replays/new" element={<NewReplay />} />
          <Route path="/replays/:id" element={<ReplayPage />} />
          <Route path="/sources" element={<SourceList />} />
          <Route path="/sources/new" element={<NewSource />} />
          <Route path="/sources/:id" element={<SourcePage />} />
          <Route path="/targets" element={<TargetList />} />
          <Route path="/targets/new" element={<NewTarget />} />
          <Route path="/targets/:id" element={<TargetPage />} />
          <Route path="/subscriptions" element={<SubscriptionList />} />
          <Route path="/subscriptions/new" element={<NewSubscription />} />
          <Route path="/subscriptions/:id" element={<SubscriptionPage />} />
          <Route path="/event-types" element={<EventTypeList />} />
          <Route path="/event-types/new" element={<NewEventType />} />
          <Route path="/event-types/one" element={<EventTypePage />} />
          <Route path="/audit-log" element={<AuditLog />} />
          <Route path="/users" element={<UserList />} />
          <Route path="/users/new" element={<NewUser />} />
          <Route path="/users/:id" element={<UserPage />} />
          <Route path="/settings" element={<Settings />} />
          <Route path="/alerts" element={<AlertList />} />
          <Route path="/alert-rules" element={<AlertRuleList />} />
          <Route path="/alert-rules/new" element={<NewAlertRule />} />
          <Route path="/alert-rules/:id" element={<AlertRulePage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </SessionGate>
  );
}
