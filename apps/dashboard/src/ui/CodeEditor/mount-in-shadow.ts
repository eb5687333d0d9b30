interface View {
  destroy(): void;
}

/**
 * Puts an editor into a shadow tree of its own: there its styles are adopted sheets, which the content security policy of
 * the dashboard lets be, while style elements it does not. Answers how to take it away again.
 */
export function mountInShadow<T extends View>(
  host: HTMLElement,
  build: (place: { root: ShadowRoot; parent: HTMLElement }) => T,
): { view: T; remove: () => void } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  root.append(parent);
  const view = build({ root, parent });
  return {
    view,
    remove: () => {
      view.destroy();
      parent.remove();
    },
  };
}
