/** Which release a build number is, and what can be said of one that is in no list. */
import { compareBuilds, cuKey, type Product, productOf } from '../core/build.ts';
import type { Knowledge, Release } from './load.ts';

export interface Identity {
  readonly build: string;
  readonly product: Product;
  /** `2016 CU18`; of a number between two CUs the lower one. */
  readonly cu: string | null;
  /** The release that this build is; null: none that we know. */
  readonly release: Release | null;
  /**
   * `exact`; `alternative`: some sources give the release another number; `update`: of a known CU, the update is not in our list;
   * `between`: no CU has this third part; `newer`, `older`: beyond all that we know of the product.
   */
  readonly how: 'exact' | 'alternative' | 'update' | 'between' | 'newer' | 'older';
  /** Nearest known releases of the product below and above. */
  readonly below: Release | null;
  readonly above: Release | null;
}

/** null: no product of which we know builds has such a number. */
export function identify({ releases }: Pick<Knowledge, 'releases'>, build: string): Identity | null {
  const product = productOf(build);
  if (product === null) return null;
  const own = releases.filter((one) => one.product === product);
  const exact = own.find((one) => one.build === build) ?? null;
  const alternative = own.find(({ alternatives }) => alternatives.includes(build)) ?? null;
  const below = own.findLast((one) => compareBuilds(one.build, build) < 0) ?? null;
  const above = own.find((one) => compareBuilds(one.build, build) > 0) ?? null;
  const release = exact ?? alternative;
  const ofCu = release ?? own.find((one) => cuKey(one.build) === cuKey(build)) ?? below;
  const how =
    exact !== null
      ? 'exact'
      : alternative !== null
        ? 'alternative'
        : below === null
          ? 'older'
          : above === null
            ? 'newer'
            : own.some((one) => cuKey(one.build) === cuKey(build))
              ? 'update'
              : 'between';
  return { build, product, cu: ofCu === null ? null : cuName(ofCu), release, how, below, above };
}

/** `2016 CU18`, `2013 SP1`, `SE`. */
export const cuName = ({ product, cu }: Pick<Release, 'product' | 'cu'>): string =>
  product === 'SE' && cu === 'RTM' ? 'SE' : `${product} ${cu}`;

/** `Exchange 2016 CU18 Mar21SU`. */
export const releaseName = (release: Release): string =>
  `Exchange ${cuName(release)}${release.update === null ? '' : ` ${release.update}`}`;
