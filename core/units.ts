import { InvalidUnitError } from "./errors/invalid-unit-error.ts";

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** Memory configured on a function, in MB as AWS counts them (1024 to the GB): an integer from 128 to 10,240. */
export type MemoryMb = Quantity<"MB">;

/** A measured time span in milliseconds: finite, 0 or more, fractions allowed. */
export type DurationMs = Quantity<"ms">;

/** What the platform bills for one invocation: whole milliseconds, 0 or more. */
export type BilledMs = Quantity<"billed ms">;

/** A function timeout in whole seconds, from 1 to 900. */
export type TimeoutSeconds = Quantity<"s">;

/** An amount of money in US dollars, unrounded: a charge, a saving or a budget. Finite. */
export type Usd = Quantity<"USD">;

/** A price in US dollars for one GB-second: finite, above 0. */
export type UsdPerGbSecond = Quantity<"USD/GB-s">;

/** A share of a whole, from 0 to 1. */
export type Share = Quantity<"share">;

/** Limits of the `MemorySize` setting. @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html} */
export const memoryLimitsMb = { min: 128, max: 10_240 } as const;

/** Memory at which a function receives one whole vCPU. Single-threaded code gains nothing above it. */
export const oneVcpuMb = 1769;

/** Limits of the `Timeout` setting, in seconds. @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html} */
export const timeoutLimitsSeconds = { min: 1, max: 900 } as const;

/**
 * Mints a memory setting.
 *
 * @throws {@link InvalidUnitError} unless `value` is an integer from 128 to 10,240.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html}
 *
 * @example
 * ```ts
 * memoryMb(512); // => 512
 * ```
 */
export const memoryMb = (value: number): MemoryMb =>
  checked(
    value,
    Number.isInteger(value) && value >= memoryLimitsMb.min && value <= memoryLimitsMb.max,
    "an integer from 128 to 10240 MB",
  );

/**
 * Mints a measured duration.
 *
 * @throws {@link InvalidUnitError} unless `value` is finite and not negative.
 */
export const durationMs = (value: number): DurationMs =>
  checked(value, Number.isFinite(value) && value >= 0, "a duration of 0 ms or more");

/**
 * Mints a billed duration.
 *
 * @throws {@link InvalidUnitError} unless `value` is a whole number of milliseconds, 0 or more.
 */
export const billedMs = (value: number): BilledMs =>
  checked(value, Number.isInteger(value) && value >= 0, "a whole number of milliseconds, 0 or more");

/**
 * Mints a function timeout.
 *
 * @throws {@link InvalidUnitError} unless `value` is an integer from 1 to 900.
 */
export const timeoutSeconds = (value: number): TimeoutSeconds =>
  checked(
    value,
    Number.isInteger(value) && value >= timeoutLimitsSeconds.min && value <= timeoutLimitsSeconds.max,
    "an integer from 1 to 900 seconds",
  );

/**
 * Mints an amount of money.
 *
 * @throws {@link InvalidUnitError} unless `value` is finite.
 */
export const usd = (value: number): Usd => checked(value, Number.isFinite(value), "a finite amount in US dollars");

/**
 * Mints a compute price.
 *
 * @throws {@link InvalidUnitError} unless `value` is finite and above 0.
 */
export const usdPerGbSecond = (value: number): UsdPerGbSecond =>
  checked(value, Number.isFinite(value) && value > 0, "a price above 0 USD per GB-second");

/**
 * Mints a share.
 *
 * @throws {@link InvalidUnitError} unless `value` lies from 0 to 1.
 */
export const share = (value: number): Share =>
  checked(value, Number.isFinite(value) && value >= 0 && value <= 1, "a share from 0 to 1");

// The only cast to a branded number in the repository.
const checked = <Q extends Quantity<string>>(value: number, holds: boolean, expected: string): Q => {
  if (!holds) throw new InvalidUnitError(value, expected);
  return value as Q;
};
