/** A case that was written before, read again: `assessment.json`, and of `run.json` how its report was made. */
import type { Assessment } from '../core/assessment.ts';
import { assessmentSchema } from '../core/assessment.ts';
import { UserError } from '../core/errors.ts';
import { breach } from './contract.ts';

/** @throws UserError where it is no assessment that this version can show */
export function readAssessment(text: string, file: string, schemaText: string): Assessment {
  const again = 'Run `afterpatch assess` over the evidence again, or name the folder that it wrote.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('case.json', `${file} is not JSON: it is cut off, or something else wrote it.`, again, { cause });
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== assessmentSchema)
    throw new UserError(
      'case.schema',
      typeof schema === 'string'
        ? `${file} is of another version (${schema.slice(0, 60)}); this one reads ${assessmentSchema}.`
        : `${file} is no assessment.`,
      again,
    );
  const broken = breach(value, schemaText);
  if (broken !== null)
    throw new UserError('case.contract', `${file} does not keep the contract of ${assessmentSchema}: ${broken}.`, again);
  return value as Assessment;
}

/** How the report of a case was made, so that it can be made again. */
export interface Rendering {
  readonly nowMs: number | null;
  readonly timeZone: string | null;
}

/** From the text of `run.json`; what is not in it (an older version wrote it) is null. */
export function readRendering(text: string): Rendering {
  let run: unknown;
  try {
    run = JSON.parse(text);
  } catch {
    return { nowMs: null, timeZone: null };
  }
  const of = (name: string): string | null => {
    const value: unknown = typeof run === 'object' && run !== null ? (run as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : null;
  };
  const now = Date.parse(of('nowUtc') ?? of('startedUtc') ?? '');
  return { nowMs: Number.isNaN(now) ? null : now, timeZone: of('timeZone') };
}
