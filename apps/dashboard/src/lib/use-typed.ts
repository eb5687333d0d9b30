import { useState } from 'react';

/**
 * The text of a field whose value comes back later than it was sent, and maybe not quite as it was typed. What is typed stays as long as the
 * value is one that this field sent; any other is somebody else's, and is shown.
 */
export function useTyped(value: string) {
  // The value that came last, and those that were sent since and are still to come.
  const [state, setState] = useState({ text: value, own: [value] });
  const { text, own } = state;
  const place = own.indexOf(value);
  if (place < 0) setState({ text: value, own: [value] });
  else if (place > 0) setState({ text, own: own.slice(place) });
  return {
    text: place < 0 ? value : text,
    type: (next: string) => {
      setState((current) => ({ ...current, text: next }));
    },
    /** Tells that a value was sent. */
    sent: (next: string) => {
      setState((current) => ({ ...current, own: [...current.own, next] }));
    },
  };
}
