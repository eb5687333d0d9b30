import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';
import './ui/theme.css';
import { liveStatusChanged } from './api/live-slice.ts';
import { createLiveStream } from './api/live-stream.ts';
import { createStore } from './app/create-store.ts';
import { GatewayContext } from './app/gateway.tsx';
import { AppRoutes } from './app/AppRoutes.tsx';
import { applyTheme, readTheme } from './lib/theme.ts';

applyTheme(readTheme());
const browserFetch = window.fetch.bind(window);
// Web Locks exist only where the page came over TLS or from this machine.
const locks = 'locks' in navigator ? navigator.locks : undefined;
const { store, tokens, receive } = createStore(browserFetch, locks);
const stream = createLiveStream({
  fetch: browserFetch,
  tokens,
  random: Math.random,
  onStatus: (status, fault) => {
    store.dispatch(liveStatusChanged({ status, ...(fault === undefined ? {} : { fault }) }));
  },
  onMessages: receive,
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <GatewayContext value={{ tokens, stream }}>
        <BrowserRouter>
          <AppRoutes />
        </BrowserRouter>
      </GatewayContext>
    </Provider>
  </StrictMode>,
);
