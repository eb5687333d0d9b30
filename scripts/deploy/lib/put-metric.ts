import { aws } from './aws.ts';

/** Puts one figure into CloudWatch, of an environment when one is named. */
export async function putMetric(
  namespace: string,
  environment: string,
  name: string,
  value: number,
): Promise<void> {
  const dimensions = environment === '' ? [] : ['--dimensions', `Environment=${environment}`];
  await aws(
    ...['cloudwatch', 'put-metric-data', '--namespace', namespace, '--metric-name', name],
    ...['--value', String(value), ...dimensions],
  );
}
