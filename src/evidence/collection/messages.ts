/** What is said of collections, in words. */
export const say = {
  notSaid: 'the collector does not say when it ran',
  kapeStamp: 'the names of KAPE’s logs carry the time at which it began, in UTC',
  velociraptorContext: 'collection_context.json says when it began and ended, in UTC',
  velociraptorName: 'the name that Velociraptor gave carries the time, in UTC',
  cylrLog: 'the last line of CyLR.log carries the time, in UTC',
  acquireName: 'the name that acquire gave carries the time, in UTC',
  uacName: (stamp: string) => `the name that UAC gave says ${stamp}, by the clock of that computer; its zone is not known`,
  orcSamples: 'GetThis.csv says when the last sample was taken, in UTC',
  image: 'an image shows the day on which its computer was stopped or copied; nothing in it says which',
  more: (count: number) => `and ${count} more`,
  collections: (most: number) => `${most} collections; more are not told apart`,
  gaps: (most: number) => `${most} things that collectors could not copy; more are not listed`,
  cutShort: 'the rest of what the collector wrote was not read',
  protectedFor: (scheme: string) =>
    `a protected collection of Velociraptor: its password is itself encrypted (${scheme}) and only the holder of the key can open it`,
  protectedByPassword: 'a protected collection of Velociraptor: its password is needed',
  stored: (stored: number, bytes: number) => `${stored} of ${bytes} bytes`,
} as const;
