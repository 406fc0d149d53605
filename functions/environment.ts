import { AsyncLocalStorage } from "node:async_hooks";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const scoped = new AsyncLocalStorage<Environment>();

/** The environment variables of the function that is running: the process's, unless a host gave it its own. */
export const environment = (): Environment => scoped.getStore() ?? process.env;

/**
 * Runs a function with environment variables of its own, as every Lambda function has.
 *
 * The embedded engine runs all functions in one process, and several engines may run at once: the process's environment
 * is none of theirs.
 */
export const withEnvironment = <T>(variables: Environment, run: () => T): T => scoped.run(variables, run);
