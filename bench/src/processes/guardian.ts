/** Kills the processes it was told of when the suite itself is gone without having done so. */
const watched = new Set<number>();

process.on('message', (message: { watch?: number; forget?: number }) => {
  if (message.watch !== undefined) watched.add(message.watch);
  if (message.forget !== undefined) watched.delete(message.forget);
});

// Ctrl-C reaches this process too; it must outlive the suite, not go before it.
process.on('SIGINT', () => undefined);

process.on('disconnect', () => {
  for (const processId of watched) {
    try {
      process.kill(processId, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
  process.exit(0);
});
