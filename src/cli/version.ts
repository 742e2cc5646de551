import { nodePlatform } from '../host/node-platform.ts';

const manifest: unknown = JSON.parse(nodePlatform.assets.text('package.json'));

/** The version in package.json. */
export const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string'
    ? manifest.version
    : '0';
