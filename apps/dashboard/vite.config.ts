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
      // What every screen needs comes in one file, and what half of them need in another: one packs better than
      // several, is one request, and need not be told by name to each screen.
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: 'shared', minShareCount: 16 },
          ],
        },
      },
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
