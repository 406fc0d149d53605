/** A command line flag as data: what commander parses, what the environment sets, and where its value goes. */
export interface Flag {
  /** As commander writes it: `--memory-min <mb>`. */
  readonly flags: string;
  readonly description: string;
  /** Where the value stands in a tuning request, for flags that mirror one key of it. */
  readonly path?: readonly string[];
  /** Turns the text into the value; text that cannot be one is handed on, for the schema to refuse under the flag's name. */
  readonly read?: (text: string) => unknown;
  /** Collects every occurrence into a list instead of taking the last. */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
}

/** The flag's long name: `--memory-min`. */
export const longName = ({ flags }: Pick<Flag, "flags">): string => /--[a-z0-9-]+/.exec(flags)?.[0] ?? flags;

/** The environment variable that sets a flag: `LAMBDA_TUNER_MEMORY_MIN`. */
export const environmentName = (flag: Pick<Flag, "flags">): string =>
  `LAMBDA_TUNER_${longName(flag)
    .replace(/^--(no-)?/, "")
    .replaceAll("-", "_")
    .toUpperCase()}`;

/** Whether the flag takes a value. */
export const takesValue = ({ flags }: Pick<Flag, "flags">): boolean => flags.includes("<");

/** A number, or the text itself where it is none. */
export const numeric = (text: string): unknown =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);

/** Milliseconds from `1500`, `1500ms` or `1.5s`, or the text itself where it is none. */
export const milliseconds = (text: string): unknown => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s)?$/.exec(text.trim()) ?? [];
  return amount === undefined ? text : Number(amount) * (unit === "s" ? 1000 : 1);
};

/** A list from `128,256,512`, empty entries left out, each read by `one`. */
export const listOf =
  (one: (text: string) => unknown) =>
  (text: string): unknown =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "")
      .map(one);
