import { type Handlers, withText } from '../call.ts';

/** moto keeps the parameters that were set and no others, and does not say who set them. */
export function databaseParameters(): Handlers {
  return {
    'rds:DescribeDBParameters': async (call, forward) =>
      withText(await forward(call), (text) =>
        text.replaceAll('</ParameterName>', '</ParameterName><Source>user</Source>'),
      ),
  };
}
