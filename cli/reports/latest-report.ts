import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../../core/report/schema.ts";
import { UsageError } from "../errors/usage-error.ts";
import { parseReport } from "./parse-report.ts";
import { fileName, reportsFolder } from "./reports-folder.ts";

/** The most recent stored report on a function; absent when there is none that can be read. */
export const latestReport = async (functionName: string): Promise<Report | undefined> => {
  const folder = join(reportsFolder, fileName(functionName));
  const files = await readdir(folder).catch(() => []);
  const reports = await Promise.all(
    files.filter((file) => file.endsWith(".json")).map((file) => read(join(folder, file))),
  );
  return reports
    .flatMap((report) => report ?? [])
    .toSorted((a, b) => a.run.finishedAt.localeCompare(b.run.finishedAt))
    .at(-1);
};

const read = async (file: string): Promise<Report | undefined> => {
  try {
    return parseReport(await readFile(file, "utf8"), file).report;
  } catch (error) {
    // A stored file that is no report (any more) is only a worse estimate.
    if (error instanceof UsageError || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
};
