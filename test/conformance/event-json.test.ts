/**
 * Sets of events as JSON lines that other people published (NXLog, Logstash, Winlogbeat and scripts): every line is an event, and the
 * fields that rules ask for have their names.
 * @see https://github.com/OTRF/Security-Datasets
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gather } from '../../src/evidence/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { recordsOf } from '../../src/run/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { soak } from '../support/soak.ts';

const evidence = evidenceFolder();
const folder = path.join(evidence ?? '', 'evtx-json');
/** In the short form those that are soon read. */
const largest = soak ? Number.POSITIVE_INFINITY : 150_000;
const zips = (evidence === null ? [] : fs.readdirSync(folder, { recursive: true }).map(String))
  .filter((name) => name.endsWith('.zip') && fs.statSync(path.join(folder, name)).size < largest)
  .sort();

test.skipIf(evidence === null)(
  'every line that is not blank is an event',
  async () => {
    expect(zips.length).toBeGreaterThan(5);
    for (const zip of zips) {
      const { artifacts, close } = await gather([path.join(folder, zip)], nodePlatform);
      const logs = artifacts.filter(
        ({ path: name }) => name.endsWith('.json') && !/(?:^|\/)(?:__MACOSX|\._)/.test(name.split('!').at(-1)!),
      );
      expect(logs.length, zip).toBeGreaterThan(0);
      for (const log of logs) {
        expect([log.path, log.kind]).toEqual([log.path, 'event-json']);
        const source = log.open();
        let lines = 0;
        const buffer = new Uint8Array(1 << 20);
        let last = 10;
        for (let at = 0, got = source.read(at, buffer); got > 0; at += got, got = source.read(at, buffer)) {
          // One of them has a blank line.
          for (let i = 0; i < got; i++) if (buffer[i] === 10 && (i === 0 ? last : buffer[i - 1]) !== 10) lines++;
          last = buffer[got - 1]!;
        }
        source.close();
        const blocks = recordsOf(log);
        let records = 0;
        let named = 0;
        for (let block = blocks.next(); ; block = blocks.next()) {
          if (block.done === true) {
            expect([log.path, block.value.filter(({ code }) => code === 'json.broken')]).toEqual([log.path, []]);
            break;
          }
          records += block.value.length;
          for (const record of block.value) if (record.text('EventID') !== null && record.text('Channel') !== null) named++;
        }
        expect([log.path, records, named]).toEqual([log.path, lines + (last === 10 ? 0 : 1), records]);
      }
      close();
    }
  },
  600_000,
);
