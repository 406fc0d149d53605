import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors/usage-error.ts";
import { readStdin } from "../output/read-stdin.ts";
import { parseReport, type ReadReport } from "./parse-report.ts";
import { reportsFolder } from "./reports-folder.ts";

/**
 * Loads a report from a file, from stdin (`-`), or by the id of a run whose report is in the reports folder.
 *
 * @throws {@link UsageError} when there is none, or it is no report.
 */
export const loadReport = async (source: string): Promise<ReadReport> => {
  if (source === "-") return parseReport(await readStdin(), "stdin");
  try {
    return parseReport(await readFile(source, "utf8"), source);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const stored = await findRun(source);
    if (stored !== undefined) return parseReport(await readFile(stored, "utf8"), stored);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${source} cannot be read (${reason}), and ${reportsFolder} holds no run of that id. Give a report file, a run id, or - for stdin.`,
      { cause: error },
    );
  }
};

const findRun = async (runId: string): Promise<string | undefined> => {
  if (!/^[\w.-]+$/.test(runId)) return undefined;
  try {
    const files = await readdir(reportsFolder, { recursive: true });
    const found = files.find((file) => file.endsWith(`${runId}.json`));
    return found === undefined ? undefined : join(reportsFolder, found);
  } catch {
    return undefined;
  }
};
