import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

function findChromium(): string {
  try {
    return execFileSync(
      'sh',
      ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'],
      {
        encoding: 'utf8',
      },
    ).trim();
  } catch {
    throw new Error(
      'These tests need Chromium and found none. On Debian: sudo apt-get install chromium',
    );
  }
}

export interface View {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  /** Pixels of a picture for each of the page; default 1. */
  scale?: number;
  /** Where others may steer the browser; default nowhere. */
  port?: number;
}

/** A browser with a profile of its own; `close` ends it and removes the profile. */
export async function openBrowser(
  view: View,
): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'signalbox-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    viewport: { width: view.width, height: view.height },
    colorScheme: view.colorScheme,
    deviceScaleFactor: view.scale ?? 1,
    args: [
      ...(view.port === undefined ? [] : [`--remote-debugging-port=${view.port}`]),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
