#!/usr/bin/env node
// The process fails until it has earned another code: an error, a dead worker or a promise that never settles leaves 70.
process.exitCode = 70;
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`afterpatch needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 64;
} else {
  const { main } = await import('../dist/cli/main.js').catch((error) => {
    if (error?.code === 'ERR_MODULE_NOT_FOUND') process.stderr.write('afterpatch is not built yet: run `npm install` in its folder.\n');
    throw error;
  });
  await main(process.argv.slice(2));
}
