import { type Call, form, type Handler, type Handlers, withText } from '../call.ts';
import { elementText } from '../xml-parts.ts';

/** Descriptions of rules that let in a group or a prefix list: moto drops them. */
export function ruleDescriptions(): Handlers {
  const descriptions = new Map<string, string>();

  const remember: Handler = async (call, forward) => {
    const answer = await forward(call);
    const id = elementText(answer.body.toString('utf8'), 'securityGroupRuleId');
    const description = descriptionIn(call);
    if (id !== undefined && description !== undefined) descriptions.set(id, description);
    return answer;
  };

  return {
    'ec2:AuthorizeSecurityGroupIngress': remember,
    'ec2:AuthorizeSecurityGroupEgress': remember,
    'ec2:DescribeSecurityGroupRules': async (call, forward) =>
      withText(await forward(call), (text) =>
        text.replaceAll(
          /<securityGroupRuleId>([^<]+)<\/securityGroupRuleId>(?:(?!<securityGroupRuleId>|<description>|<tagSet)[\s\S])*(?=<tagSet)/g,
          (rule, id: string) => {
            const description = descriptions.get(id);
            return description === undefined
              ? rule
              : `${rule}<description>${description}</description>`;
          },
        ),
      ),
  };
}

function descriptionIn(call: Call): string | undefined {
  const isGiven = ([name]: [string, string]) =>
    /^IpPermissions\.1\.(Groups|PrefixListIds)\.1\.Description$/.test(name);
  return [...form(call)].find(isGiven)?.[1];
}
