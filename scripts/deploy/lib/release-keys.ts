/** Where the parts of a release lie in the bucket of builds. */
export const artifactKey = (version: string): string => `releases/${version}/signalbox.tar.gz`;
export const sbomKey = (version: string): string => `releases/${version}/sbom.json`;
/** Put last: where it is, the others are whole. */
export const manifestKey = (version: string): string => `releases/${version}/manifest.json`;
