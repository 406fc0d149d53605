/**
 * Time that Lambda grants an init phase, in milliseconds. A longer one is broken off and runs again within the
 * invocation: its time then counts as duration, under the function's timeout.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html}, "Init phase"
 */
export const initLimitMs = 10_000;
