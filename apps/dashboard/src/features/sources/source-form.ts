import type { Source, SourceCreate, SourceUpdate } from '@signalbox/api/contract';
import { splitList } from '../../lib/text.ts';

/** A source as its form holds it: everything is text. */
export interface SourceForm {
  name: string;
  description: string;
  allowedSources: string;
  allowedTypes: string;
  ratePerSecond: string;
  schemaPolicy: Source['schemaPolicy'];
  state: Source['state'];
}

export const EMPTY_SOURCE: SourceForm = {
  name: '',
  description: '',
  allowedSources: '',
  allowedTypes: '',
  ratePerSecond: '',
  schemaPolicy: 'off',
  state: 'active',
};

export function sourceToForm(source: Source): SourceForm {
  return {
    name: source.name,
    description: source.description,
    allowedSources: source.allowedSources.join('\n'),
    allowedTypes: source.allowedTypes.join('\n'),
    ratePerSecond: source.ratePerSecond === null ? '' : String(source.ratePerSecond),
    schemaPolicy: source.schemaPolicy,
    state: source.state,
  };
}

export function formToSource(form: SourceForm): SourceCreate {
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    allowedSources: splitList(form.allowedSources),
    allowedTypes: splitList(form.allowedTypes),
    ratePerSecond: form.ratePerSecond.trim() === '' ? null : Number(form.ratePerSecond),
    schemaPolicy: form.schemaPolicy,
    state: form.state,
  };
}

/** Only what differs from the stored source, so that an untouched member is never overwritten. */
export function sourceChange(form: SourceForm, stored: Source): SourceUpdate {
  const wanted = formToSource(form);
  const before = formToSource(sourceToForm(stored));
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(before[name as keyof SourceCreate]),
    ),
  );
}
