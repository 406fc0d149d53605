import { readFileSync } from "node:fs";

/** The version in package.json, from the sources as from the build, which is one folder deeper. */
export const toolVersion = (): string => {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const { version }: { version?: unknown } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      if (typeof version === "string") return version;
    } catch {
      // Not there: the other place has it.
    }
  }
  return "0.0.0";
};
