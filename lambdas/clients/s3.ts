// The S3 client of a function, created once an environment.

import { S3Client } from '@aws-sdk/client-s3';
import type { Bucket } from '../../store/objects.ts';
import { throttlingOnly } from './throttling-only.ts';

export const openBucket = (name: string): Bucket => ({ client: new S3Client({ retryStrategy: throttlingOnly }), name });
