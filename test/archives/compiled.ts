/**
 * The compiled program, for archives that 7-Zip reads: its workers are compiled files, and Node 20 starts none from TypeScript.
 * All parts come from one place, so that an error of one is known to the others.
 */
import type * as assess from '../../src/assess.ts';
import type * as evidence from '../../src/evidence/index.ts';
import type * as host from '../../src/host/node-platform.ts';
import type * as run from '../../src/run/index.ts';

const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ new URL(`../../dist/${file}`, import.meta.url).href);

export interface Compiled {
  readonly assess: typeof assess.assess;
  readonly gather: typeof evidence.gather;
  readonly run: typeof run.run;
  readonly inlineExecutor: typeof run.inlineExecutor;
  readonly platform: typeof host.nodePlatform;
}

export async function compiled(): Promise<Compiled> {
  const main = (await load('assess.js')) as typeof assess;
  const { gather } = (await load('evidence/index.js')) as typeof evidence;
  const { nodePlatform } = (await load('host/node-platform.js')) as typeof host;
  const { run: runAll, inlineExecutor } = (await load('run/index.js')) as typeof run;
  return { assess: main.assess, gather, run: runAll, inlineExecutor, platform: nodePlatform };
}
