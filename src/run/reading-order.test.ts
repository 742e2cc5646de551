import { describe, expect, it } from 'vitest';
import type { Artifact } from '../evidence/index.ts';
import { readingOrder } from './reading-order.ts';

const artifact = (order: number, path: string, kind: string | null, rest: Partial<Artifact> = {}): Artifact =>
  ({
    path,
    order,
    kind,
    within: null,
    unpackedBefore: 0,
    parts: kind === null ? [] : [{ kind, at: 0, end: 1, firstLine: 0, excerpt: false }],
    ...rest,
  }) as unknown as Artifact;
const paths = (artifacts: readonly Artifact[]): string[] => readingOrder(artifacts).map(({ path }) => path);

describe('the order of reading', () => {
  it('has what tells most in few bytes first, and keeps the order of equals', () => {
    const given = [
      artifact(0, 'W3SVC1/u_ex1.log', 'iis-w3c'),
      artifact(1, 'Logging/HttpProxy/Mapi/a.LOG', 'httpproxy'),
      artifact(2, 'Logging/HttpProxy/Ecp/a.LOG', 'httpproxy'),
      artifact(3, 'Security.evtx', 'evtx'),
      artifact(4, 'photo.jpg', null),
      artifact(5, 'Logging/ECP/Server/a.LOG', 'ecp-server'),
      artifact(6, 'listing.txt', 'dir-listing'),
    ];
    expect(paths(given)).toEqual([
      'Logging/ECP/Server/a.LOG',
      'listing.txt',
      'Logging/HttpProxy/Ecp/a.LOG',
      'Security.evtx',
      'W3SVC1/u_ex1.log',
      'Logging/HttpProxy/Mapi/a.LOG',
      'photo.jpg',
    ]);
  });

  it('keeps together and in order what is unpacked as one stream, archives within it too; entries of a zip are free', () => {
    const given = [
      artifact(0, 'u_ex.log', 'iis-w3c'),
      artifact(1, 'all.tar.gz', 'tar'),
      artifact(2, 'all.tar.gz/u_ex.log', 'iis-w3c', { within: 'all.tar.gz' }),
      artifact(3, 'all.tar.gz/in.zip', 'zip', { within: 'all.tar.gz', unpackedBefore: 9 }),
      artifact(4, 'all.tar.gz/in.zip/b.log', 'iis-w3c', { within: 'all.tar.gz/in.zip', unpackedBefore: 9 }),
      artifact(5, 'all.tar.gz/e.LOG', 'ecp-server', { within: 'all.tar.gz', unpackedBefore: 20 }),
      artifact(6, 'b.zip/u_ex.log', 'iis-w3c', { within: 'b.zip' }),
      artifact(7, 'b.zip/e.LOG', 'ecp-server', { within: 'b.zip' }),
    ];
    expect(paths(given)).toEqual([
      'all.tar.gz',
      'all.tar.gz/u_ex.log',
      'all.tar.gz/in.zip',
      'all.tar.gz/in.zip/b.log',
      'all.tar.gz/e.LOG',
      'b.zip/e.LOG',
      'u_ex.log',
      'b.zip/u_ex.log',
    ]);
  });

  it('loses and doubles nothing', () => {
    const given = Array.from({ length: 500 }, (_, i) =>
      artifact(i, `f${i}`, [null, 'iis-w3c', 'evtx', 'ecp-server'][i % 4]!, {
        within: i % 3 === 0 ? 't' : null,
        unpackedBefore: i % 5,
      }),
    );
    expect(paths(given).sort()).toEqual(given.map(({ path }) => path).sort());
  });
});
