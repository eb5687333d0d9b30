/** A text as JSON, or what keeps it from being that. */
export function readJson(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { fault: `Not JSON yet: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
}
