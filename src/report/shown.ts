/** The one way in which a string of the evidence is made fit to be shown to people; it still has to be escaped for where it goes. */
import { visible } from '../core/visible.ts';

/** What cannot be seen is named (see {@link visible}), and no web address stays live. */
export const shown = (text: string, brackets?: readonly [string, string]): string =>
  visible(text, brackets).replace(/\bhttp(s?):\/\//gi, 'hxxp$1://');
