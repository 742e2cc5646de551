/**
 * Makes up evidence: a mail server's logs over some days with people, probes, scanners and administrators, and whatever a story lets
 * happen. In comes what was asked for (`DemoOptions`) and a `Sink` for the bytes; out goes the `Truth` about every row that is hostile,
 * every row that was taken out, every gap and every file. Memory does not grow with the size. No clock, no randomness but the seed.
 */
export { leastBytes, planDemo, type DemoOptions, type DemoPlan } from './options.ts';
export { generateDemo } from './generate.ts';
export type { Sink } from './log-writer.ts';
export { stories } from './stories/index.ts';
export type { Truth } from './truth.ts';
export { intrude, type Visit, type VisitedServer, type VisitRow } from './intrude.ts';
export type { NotPlayed, Technique } from './technique.ts';
export { Random } from './random.ts';
export { notPlayed, techniques } from './techniques/index.ts';
