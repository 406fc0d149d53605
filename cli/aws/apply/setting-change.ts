import { formatTimeout } from "../../../core/report/format-duration.ts";
import { formatMemory } from "../../../core/report/format-memory.ts";
import { printable } from "../../../core/report/format-text.ts";
import type { Paint } from "../../../core/report/render-grid.ts";
import type { Applied } from "../../../core/report/schema.ts";
import type { OutputFormat } from "../../flags/shared-flags.ts";

/** The settings of a function that advice is about. */
export interface Setting {
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  /** The version behind the alias; absent without an alias, or when it is new. */
  readonly aliasVersion?: string;
}

/** What became of a function's settings. */
export interface SettingChange {
  readonly functionArn: string;
  readonly alias?: string;
  readonly before: Setting;
  readonly after: Setting;
  /** As reports record it, with what undoes it. */
  readonly applied?: Applied;
}

/** Whether anything is different afterwards. */
export const changesAnything = ({ alias, before, after }: SettingChange): boolean =>
  before.memorySizeMb !== after.memorySizeMb ||
  before.timeoutSeconds !== after.timeoutSeconds ||
  (alias !== undefined && before.aliasVersion !== after.aliasVersion);

/** A change as text or JSON. */
export const renderChange = (change: SettingChange, output: OutputFormat, paint: Paint): string =>
  output === "json" ? `${JSON.stringify(change, undefined, 2)}\n` : `${describeChange(change, paint).join("\n")}\n`;

/** A change as lines: each setting before and after. */
export const describeChange = ({ functionArn, alias, before, after }: SettingChange, paint: Paint): string[] => [
  paint("title", printable(functionArn)),
  row("Memory", formatMemory(before.memorySizeMb), formatMemory(after.memorySizeMb), paint),
  row("Timeout", formatTimeout(before.timeoutSeconds), formatTimeout(after.timeoutSeconds), paint),
  ...(alias === undefined
    ? []
    : [row("Alias", `${alias} ${versionWords(before)}`, `${alias} ${versionWords(after)}`, paint)]),
];

/** Stands for the version that applying will publish. */
export const newVersion = "at a new version";

const versionWords = ({ aliasVersion }: Setting): string => {
  if (aliasVersion === undefined) return "(none)";
  return aliasVersion === newVersion ? newVersion : `at version ${aliasVersion}`;
};

const row = (label: string, before: string, after: string, paint: Paint): string =>
  `${label.padEnd(9)}${before === after ? `${before} stays` : `${before} → ${paint("good", after)}`}`;
