/** Sentences on what has vanished, and on what is known of who took it away. */
export const removalSentences = {
  antivirus: (tool: string | null) =>
    `${tool === null ? 'the antivirus' : tool} says that it took the file away; nothing here shows it afterwards`,
  deletedBy: (program: string, account: string | null) =>
    `the event log has it deleted by ${program}${account === null ? '' : ` under ${account}`}`,
  ofAdministrator: 'an intruder who has that account would look the same',
  byPage: 'the web server’s own process deleted it, which a back door does and no product',
  command: (account: string | null) => `a command deleted it${account === null ? '' : `, given by ${account}`}`,
  commandOfServer: 'a command of the web server’s process deleted it, as a back door has it done',
  throughPage: 'it was told to delete itself by a request to it, as whoever has its key can do',
  court:
    'it was told to delete itself by somebody who asked for nothing else, in the days of April 2021 in which a court in the United States had back doors of this wave removed so; nothing here says who it was',
  declared: (name: string) => `it vanished while “${name}”, which you declared, was under way`,
  notFound: 'it was asked for and not found any more; that it is gone does not say who removed it',
  compiled: 'what the server compiled of it is here; whether the page itself still stands there is not',
  compiledGone:
    'what the server compiled of it is here, so that it stood there and was asked for; what was handed in of its folder holds what Exchange ships there, and this page no more',
  notInFolder:
    'what was handed in of its folder (its files, or their list) holds what Exchange ships there, and this page no more; that does not say who removed it',
  cameBack: (why: string) => `it answered after it had been gone (${why})`,
  answers: 'it answered when it was last asked for',
  scannerFound: 'a scanner found it there; nothing here says that it was taken away',
  eventWrote: 'the event log has it written; nothing here says that it was taken away',
  listed: 'it stands in the listing that was handed in',
  onDisk: 'it stands in the folder that was handed in',
  statedKey:
    'its machine key is written down in this file: whoever read it signs requests that the server takes for its own, after every update too; make new keys',
  publishedKey:
    'its machine key is the one that Exchange shipped to everybody until February 2020: whoever looks it up signs requests that the server takes for its own; install the update, and make new keys',
  taskListed: 'it stands in the list of tasks that was handed in',
  serviceListed: 'it stands in the list of services that was handed in',
  taskMade: 'the event log has it made; nothing here says whether it still stands',
  serviceMade: 'the event log has it installed; nothing here says whether it still stands',
  moduleMade: 'the event log has it set up; nothing here says whether it still stands',
  configured: 'it stands in the configuration that was handed in',
  agent: 'it stands in the list of transport agents that was handed in',
} as const;
