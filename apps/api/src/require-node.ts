const OLDEST_NODE = 24;

/**
 * Ends the process with 1 on a Node that is too old, saying what to do. Call it before anything else is loaded: older
 * versions crash inside native code instead of saying why.
 */
export function requireNode(): void {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
  console.error(
    `Signalbox needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}. ` +
      'Start it with "npm start" or "npm run signalbox", which bring their own, or install a newer Node.',
  );
  process.exit(1);
}
