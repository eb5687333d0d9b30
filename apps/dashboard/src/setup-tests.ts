import { TextDecoder, TextEncoder } from 'node:util';

// What jsdom leaves out of a browser's globals and the dashboard uses; tests without a page run in Node itself.
if ('window' in globalThis) {
  Object.assign(globalThis, { TextDecoder, TextEncoder });
  window.matchMedia = (query: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
}
