import type { z } from 'zod';
import type { PageQuery } from '../../contract/common.ts';

export type PageInput = z.output<typeof PageQuery>;
