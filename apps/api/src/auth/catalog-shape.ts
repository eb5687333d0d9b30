import type { Resource } from '../domain/resources.ts';

/** What authentication reads from the configuration kept in memory; at most a second old, whoever made the change. */
export interface AuthCatalog {
  user(id: string): Resource<'user'> | undefined;
  source(id: string): Resource<'source'> | undefined;
  sourceKey(id: string): Resource<'source-key'> | undefined;
  /** @param hash SHA-256, hex */
  sourceKeyByHash(hash: string): Resource<'source-key'> | undefined;
  signingKeys(): readonly Resource<'signing-key'>[];
  /** Resolves once the answers are as new as the store was at the call. */
  refresh(): Promise<void>;
}
