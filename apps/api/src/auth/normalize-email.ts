/** The form in which an email address names a user: no outer spaces, lower case. It is the resource's `name`, hence unique. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
