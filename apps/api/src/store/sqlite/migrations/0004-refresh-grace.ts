/** When a refresh token was spent and what for, so that a repeat that comes to another process gets the same successor. */
export const refreshGrace = `
ALTER TABLE refresh_tokens ADD COLUMN spent_at INTEGER;
ALTER TABLE refresh_tokens ADD COLUMN successor TEXT;
`;
