import { describe, expect, it } from 'vitest';
import { StorageEnvironment } from './settings.ts';

const BUCKET = { STORAGE: 's3', S3_BUCKET: 'koshu-media' };

describe('where files are kept', () => {
  it('is a folder of this machine when nothing is said', () => {
    expect(StorageEnvironment.parse({})).toEqual({ kind: 'files' });
    expect(StorageEnvironment.parse({ STORAGE: '', S3_BUCKET: '' })).toEqual({ kind: 'files' });
  });

  it('is a bucket of Amazon’s with the rights of the machine when only the bucket is named', () => {
    expect(StorageEnvironment.parse({ ...BUCKET, S3_ENDPOINT: '' })).toMatchObject({
      kind: 's3',
      endpoint: undefined,
      bucket: 'koshu-media',
      prefix: '',
      isPathStyle: false,
      credentials: undefined,
    });
  });

  it('is a bucket of another server, named in the path unless that is unsaid', () => {
    const elsewhere = { ...BUCKET, S3_ENDPOINT: 'https://s3.example', S3_PREFIX: 'a/b/' };
    expect(StorageEnvironment.parse(elsewhere)).toMatchObject({ isPathStyle: true, prefix: 'a/b/' });
    expect(StorageEnvironment.parse({ ...elsewhere, S3_PATH_STYLE: '0' })).toMatchObject({
      isPathStyle: false,
    });
  });

  it('says all that is missing or wrong at once', () => {
    const wrong = {
      STORAGE: 's3',
      S3_ENDPOINT: 'ftp://x',
      S3_PREFIX: '../x',
      S3_ACCESS_KEY_ID: 'only half',
    };
    const names = StorageEnvironment.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'));
    expect(names).toEqual(expect.arrayContaining(['S3_ENDPOINT', 'S3_BUCKET', 'S3_PREFIX']));
    const half = StorageEnvironment.safeParse({ ...BUCKET, S3_ACCESS_KEY_ID: 'only half' });
    expect(half.error?.issues[0]?.path).toEqual(['S3_SECRET_ACCESS_KEY']);
  });
});
