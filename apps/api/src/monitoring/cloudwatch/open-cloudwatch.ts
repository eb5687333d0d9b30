import type { SendData } from './datum.ts';

const CONNECT_MS = 3000;
const REQUEST_MS = 10_000;

/**
 * Loads the SDK, and makes the function that hands figures over to CloudWatch. Region, credentials and endpoint come from where the SDK
 * usually finds them; that they are missing is known at the first request.
 */
export async function openCloudWatch(settings: {
  namespace: string;
  environment: string;
}): Promise<{ send: SendData; close: () => void }> {
  const { CloudWatchClient, PutMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS },
  });
  const Dimensions = [{ Name: 'Environment', Value: settings.environment }];
  return {
    async send(data) {
      await client.send(
        new PutMetricDataCommand({
          Namespace: settings.namespace,
          MetricData: data.map(({ name, value, unit, at }) => ({
            MetricName: name,
            Dimensions,
            Timestamp: new Date(at),
            Value: value,
            Unit: unit,
          })),
        }),
      );
    },
    close: () => client.destroy(),
  };
}
