import { form, type Handlers, withBody } from '../call.ts';
import { elementText } from '../xml-parts.ts';

/** moto takes protection from termination as a change alone, not when an instance is started: it is told twice. */
export function terminationProtection(): Handlers {
  return {
    'ec2:RunInstances': async (call, forward) => {
      const answer = await forward(call);
      const id = elementText(answer.body.toString('utf8'), 'instanceId');
      if (id !== undefined && form(call).get('DisableApiTermination') === 'true') {
        const change = new URLSearchParams({
          Action: 'ModifyInstanceAttribute',
          Version: '2016-11-15',
          InstanceId: id,
          'DisableApiTermination.Value': 'true',
        });
        await forward(withBody(call, change.toString()));
      }
      return answer;
    },
  };
}
