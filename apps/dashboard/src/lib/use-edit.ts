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
  const [{ base, form }, setState] = useState(() => ({ base: stored, form: toForm(stored) }));
  const adopt = (resource: Resource) => {
    setState({ base: resource, form: toForm(resource) });
  };
  const isUntouched = JSON.stringify(form) === JSON.stringify(toForm(base));
  if (stored.etag !== base.etag && isUntouched) adopt(stored);
  return {
    base,
    form,
    setForm: (next: Form) => {
      setState({ base, form: next });
    },
    adopt,
    /** Drops what was typed for what is stored now. */
    reload: () => {
      adopt(stored);
    },
    isOutdated: stored.etag !== base.etag,
  };
}
