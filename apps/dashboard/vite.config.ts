import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressAssets } from './scripts/compress-assets.ts';

const api = process.env['SIGNALBOX_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), compressAssets()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What every screen needs comes in one file: it packs better than several, and is one request.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/oauth', '/.well-known', '/health', '/metrics', '/openapi.json', '/docs'].map(
        (path) => [path, { target: api, changeOrigin: false }],
      ),
    ),
  },
});
