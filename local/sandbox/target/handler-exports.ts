import { basename } from "node:path";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";
import type { CodeTarget } from "../code-target.ts";
import { exportsOfModule } from "./exports-of-module.ts";
import { exportsOfPython } from "./exports-of-python.ts";

const usualNames = { nodejs: ["handler"], python: ["handler", "lambda_handler"] } as const;

/**
 * Settles which export is the handler, without running the file.
 *
 * @param wanted - What the user named; absent: the usual name.
 * @throws {@link InvalidTargetError} naming the exports that exist, or the fault that keeps the file from being read.
 */
export const chooseHandler = async (
  target: string,
  file: string,
  runtime: Exclude<CodeTarget["runtime"], "provided">,
  wanted: string | undefined,
): Promise<string> => {
  const candidates: readonly string[] = wanted === undefined ? usualNames[runtime] : [wanted];
  const names = await (runtime === "python" ? exportsOfPython(target, file) : exportsOfModule(target, file));
  const found = candidates.find((name) => names === "unknown" || names.includes(name.split(".")[0] ?? name));
  if (found !== undefined) return found;
  const list = names === "unknown" || names.length === 0 ? "nothing" : names.join(", ");
  throw new InvalidTargetError(
    target,
    `${basename(file)} has no ${candidates.join(" or ")}; it ${runtime === "python" ? "defines" : "exports"} ${list}. Name the handler after a colon: ${file}:<name>`,
  );
};
