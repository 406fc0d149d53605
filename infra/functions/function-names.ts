/** The tuner's own functions: `functions/<name>.ts`, bundled to `<name>/index.mjs`. */
export const functionNames = [
  "plan",
  "provision",
  "measure",
  "analyze",
  "clean-up",
  "observe",
  "recommend",
  "apply",
] as const;

/** One of the tuner's own functions. */
export type FunctionName = (typeof functionNames)[number];

/**
 * The name in the form of construct ids, and of the placeholder `${<this>FunctionArn}` in the state machine.
 *
 * @example
 * ```ts
 * pascalCase("clean-up"); // => "CleanUp"
 * ```
 */
export const pascalCase = (name: FunctionName): string =>
  name
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
