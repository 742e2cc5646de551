/** Bytes that contradict themselves, as what is thrown within this folder. */

/** The bytes contradict themselves. It is caught where a record is read, and is never seen outside this folder. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

const known = new Map<string, Damage>();
const mostKnown = 1024;

/** One for each reason: what is left over from before fails thousands of times, and where an error was made costs more than the reading. */
export function damage(reason: string): Damage {
  let made = known.get(reason);
  if (made === undefined) {
    made = new Damage(reason);
    if (known.size < mostKnown) known.set(reason, made);
  }
  return made;
}
