import { nodePlatform } from '../host/node-platform.ts';

const manifest: unknown = JSON.parse(nodePlatform.assets.text('package.json'));

/** The version in package.json. */
export const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string'
    ? manifest.version
    : '0';

/** What runs here, as exactly as it can be told: what another program kept may be other things. */
export const builtProgram = (): string =>
  `${version} ${nodePlatform.assets.built('program.sha256') ?? 'not built'} node ${process.versions.node}`;
