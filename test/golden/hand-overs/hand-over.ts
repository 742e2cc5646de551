/**
 * What people hand in when they ask for help: a hand-over is a name, the files as posted, and what may be said of them. All are invented; the
 * forms are those of consoles, forums, mails and exports. The expectations were written from the rules of judgement before anything was run.
 */
import type { Expect } from '../../support/assess-folder.ts';

export interface HandOver {
  readonly name: string;
  /** Path in the folder handed in → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly expect: Expect;
}

export const crlf = (...rows: readonly string[]): string => `${rows.join('\r\n')}\r\n`;
export const lf = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

/** Nothing beyond looking may be claimed. */
export const nothing: Expect = {
  answer: ['cannot_tell', 'no_evidence'],
  stage: ['none', 'probed'],
  mustNotClaim: ['attempted', 'exploited', 'implanted', 'operated', 'spread', 'impact'],
};
export const attempted: Expect = {
  answer: ['attempted'],
  stage: ['attempted'],
  beyond: ['not_covered'],
  mustNotClaim: ['exploited', 'implanted', 'operated', 'spread', 'impact'],
};
/** They held a session; whether more was done is written elsewhere. */
export const session: Expect = {
  answer: ['suspected'],
  stage: ['exploited'],
  mustNotClaim: ['implanted', 'operated', 'spread', 'impact'],
};
export const implanted: Expect = {
  answer: ['confirmed'],
  stage: ['implanted'],
  mustNotClaim: ['operated', 'spread', 'impact'],
};
/** Something of theirs is probably there. */
export const implantedProbably: Expect = { ...implanted, answer: ['suspected', 'confirmed'] };
export const operated: Expect = { answer: ['confirmed'], stage: ['operated'], mustNotClaim: ['spread', 'impact'] };

/** Its body is a comment: fixtures hold no live script. */
export const script = 'http://f/<script language="JScript" runat="server">/*page*/</script>';
export const anchor = 'ServerInfo~a]@mail01.meadow.example:444';
export const canary =
  'msExchEcpCanary=Ab3-oSdUeUqQ9y8bQv8v1k5hE0m9nd8IPaZ7c2mXbq5jYv0TtqV3dD1mQp2rR5sS6tT7uU8vV9w.&schema=OABVirtualDirectory';
