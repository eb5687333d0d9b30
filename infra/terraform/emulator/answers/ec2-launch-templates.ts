import { type Handlers, withText } from '../call.ts';

/** moto gives the tags of a template back as if they were part of what the template starts. */
export function launchTemplates(): Handlers {
  const ownTags =
    /<tagSpecificationSet><item><resourceType>launch-template<\/resourceType>[\s\S]*?<\/tagSpecificationSet>/g;
  return {
    'ec2:DescribeLaunchTemplateVersions': async (call, forward) =>
      withText(await forward(call), (text) => text.replaceAll(ownTags, '')),
  };
}
