import { form, type Handler, type Handlers, withText, xml } from '../call.ts';

/** Detailed monitoring of instances, which moto neither takes nor tells. */
export function detailedMonitoring(): Handlers {
  const monitored = new Set<string>();
  const named = (values: URLSearchParams): string[] =>
    [...values].filter(([name]) => name.startsWith('InstanceId')).map(([, id]) => id);

  const change =
    (action: string, state: string, apply: (id: string) => void): Handler =>
    (call) => {
      const ids = named(form(call));
      ids.forEach(apply);
      const items = ids.map(
        (id) =>
          `<item><instanceId>${id}</instanceId><monitoring><state>${state}</state></monitoring></item>`,
      );
      return xml(
        `<${action}Response><instancesSet>${items.join('')}</instancesSet></${action}Response>`,
      );
    };

  return {
    'ec2:MonitorInstances': change('MonitorInstances', 'enabled', (id) => monitored.add(id)),
    'ec2:UnmonitorInstances': change('UnmonitorInstances', 'disabled', (id) =>
      monitored.delete(id),
    ),
    'ec2:DescribeInstances': async (call, forward) =>
      withText(await forward(call), (text) =>
        text.replaceAll(
          /(<instanceId>([^<]+)<\/instanceId>(?:(?!<instanceId>)[\s\S])*?<monitoring>\s*<state>)[^<]*/g,
          (whole, before: string, id: string) => (monitored.has(id) ? `${before}enabled` : whole),
        ),
      ),
  };
}
