import { useState } from 'react';
import { faultFinder } from '../lib/fault-of.ts';
import { problemOf } from './problem.ts';
import { useRefusal } from './roles.ts';

type Mutation<Body, Made> = readonly [
  (body: Body) => PromiseLike<{ data?: Made | undefined }>,
  { isLoading: boolean; error?: unknown },
];

/**
 * An admin's form for something new: what its fields and what the screen around them need. `toBody` says what is sent, or null
 * while that cannot be told.
 */
export function useNewForm<Form, Body, Made>(
  empty: Form,
  toBody: (form: Form) => Body | null,
  [create, { isLoading, error }]: Mutation<Body, Made>,
  onMade: (made: Made) => void | Promise<void>,
) {
  const [form, setForm] = useState(empty);
  const problem = problemOf(error);
  const body = toBody(form);
  async function submit(): Promise<void> {
    if (body === null) return;
    const { data } = await create(body);
    if (data !== undefined) await onMade(data);
  }
  return {
    isReady: body !== null,
    fields: {
      form,
      onChange: (next: Form) => {
        setForm(next);
      },
      faultOf: faultFinder(problem),
    },
    frame: {
      isBusy: isLoading,
      problem,
      refusal: useRefusal('admin'),
      onSubmit: () => void submit(),
    },
  };
}
