import { randomBytes } from 'node:crypto';
import { type Answer, xml } from '../call.ts';

/** The mark of one version of a thing: CloudFront wants it back with every change. */
export const newVersion = (): string => `E${randomBytes(6).toString('hex').toUpperCase()}`;

export const lastPart = (path: string): string => path.split('/').at(-1) ?? '';

export function missing(what: string): Answer {
  return problem(`NoSuch${what}`, `There is no such ${what}.`, 404);
}

export function problem(code: string, message: string, status: number): Answer {
  return xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    status,
  );
}
