import { findAssets, type Asset } from './find-assets.ts';

const LOOK_AGAIN_MS = 1000;
const INDEX = '/index.html';

/** The files of the built dashboard by their URL path. */
export interface AssetIndex {
  find(path: string): Asset | undefined;
  /** The page that every screen is in. */
  index(): Asset | undefined;
}

/**
 * Knows the files of a folder. One that is not known is looked for again, at most once a second: a dashboard that was built
 * anew has files of other names.
 * @param now milliseconds
 */
export function createAssetIndex(dir: string | null, now: () => number): AssetIndex {
  let assets = findAssets(dir);
  let lookedAt = now();
  return {
    find(path) {
      if (!assets.has(path) && path.startsWith('/assets/') && now() - lookedAt >= LOOK_AGAIN_MS) {
        assets = findAssets(dir);
        lookedAt = now();
      }
      return assets.get(path);
    },
    index: () => assets.get(INDEX),
  };
}
