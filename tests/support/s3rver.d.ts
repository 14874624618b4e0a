declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';

  interface FilesystemStore {
    putContent(file: string, content: unknown): Promise<[bytes: number, md5: string]>;
  }
  export default class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      allowMismatchedSignatures: boolean;
      configureBuckets: { name: string }[];
    });
    readonly store: FilesystemStore;
    configureBuckets(): Promise<unknown>;
    callback(): RequestListener;
  }
}
