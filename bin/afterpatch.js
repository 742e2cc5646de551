#!/usr/bin/env node
import fs from 'node:fs';

// The process fails until it has earned another code: an error, a dead worker or a promise that never settles leaves 70.
// Node itself ends with 1 after an uncaught error, and 1 is an answer: so both kinds are caught here, before anything is loaded.
process.exitCode = 70;
function bug(error) {
  try {
    process.stderr.write(
      `afterpatch stopped because of a bug, not because of your evidence. No answer was given.\n${error?.stack ?? String(error)}\n`,
    );
  } finally {
    process.exit(70);
  }
}
process.on('uncaughtException', bug);
process.on('unhandledRejection', bug);

/** In few files, where that was made of what stands there now. */
function builtAt() {
  const [plain, bundled] = ['../dist/cli/main.js', '../dist/bundled/main.js'];
  const madeMs = (name) => fs.statSync(new URL(name, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return madeMs(bundled) > 0 && madeMs(bundled) >= madeMs(plain) ? bundled : plain;
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`afterpatch needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 64;
} else {
  try {
    const { main } = await import(builtAt());
    await main(process.argv.slice(2));
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes('dist')) {
      process.stderr.write('afterpatch is not built yet: run `npm install` in its folder.\n');
      process.exit(70);
    }
    bug(error);
  }
}
