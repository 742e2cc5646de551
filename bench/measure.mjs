/** Times whole processes: wall clock, processor time and peak memory as Linux counts them. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';

/** Peak memory and processor time as Linux counts them, or null. */
function usage(pid) {
  try {
    const peakKiB = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const stat = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { peakKiB, ticks: Number(stat[11]) + Number(stat[12]) };
  } catch {
    return null;
  }
}

/** Runs a command to its end in `cwd`; `environment` is added to the caller's. */
export function once([command, ...args], cwd, stderr = 'inherit', environment = {}) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', stderr], env: { ...process.env, ...environment } });
    let last = { peakKiB: 0, ticks: 0 };
    const watch = setInterval(() => {
      const now = usage(child.pid);
      if (now !== null) last = { peakKiB: Math.max(last.peakKiB, now.peakKiB), ticks: Math.max(last.ticks, now.ticks) };
    }, 10);
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      // A tick of Linux is a hundredth of a second; what came after the last look is missing.
      resolve({ seconds, processorSeconds: last.ticks / 100, peakMiB: Math.round(last.peakKiB / 1024) });
    });
  });
}

export const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
export const short = (number) => Number(number.toFixed(3));

/** The machine under the run. */
export const machine = () => ({
  cpu: os.cpus()[0]?.model,
  cores: os.cpus().length,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  platform: `${os.platform()} ${os.release()}`,
  loadBefore: os.loadavg().map((load) => Number(load.toFixed(2))),
});

/** Medians and single figures of one contestant. */
export const figures = (list) => ({
  seconds: list.map((one) => short(one.seconds)),
  processorSeconds: list.map((one) => short(one.processorSeconds)),
  medianSeconds: short(median(list.map((one) => one.seconds))),
  medianProcessorSeconds: short(median(list.map((one) => one.processorSeconds))),
  peakMiB: Math.max(...list.map(({ peakMiB }) => peakMiB)),
});
