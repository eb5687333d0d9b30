import { useState } from 'react';

interface Stored {
  etag: string | null;
}

/**
 * What a person edits of a stored resource, and the version that it is based on. A newer version is taken over by itself
 * only while nothing was typed; otherwise saving is refused by the gateway (412) and `adopt` takes the newer one over.
 */
export function useEdit<Resource extends Stored, Form>(
  stored: Resource,
  toForm: (resource: Resource) => Form,
) {
  const [{ base, form, passed }, setState] = useState(() => ({
    base: stored,
    form: toForm(stored),
    passed: [] as (string | null)[],
  }));
  const adopt = (resource: Resource) => {
    setState((state) => ({
      base: resource,
      form: toForm(resource),
      passed: [...state.passed, state.base.etag],
    }));
  };
  // Until what was saved has been read back, `stored` is still a version that was left behind.
  const isOutdated = stored.etag !== base.etag && !passed.includes(stored.etag);
  const isUntouched = JSON.stringify(form) === JSON.stringify(toForm(base));
  if (isOutdated && isUntouched) adopt(stored);
  return {
    base,
    form,
    setForm: (next: Form) => {
      setState((state) => ({ ...state, form: next }));
    },
    adopt,
    /** Drops what was typed for what is stored now. */
    reload: () => {
      adopt(stored);
    },
    isOutdated,
  };
}
