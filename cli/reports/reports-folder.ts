import { join } from "node:path";
import { targetName } from "../../core/report/render-statements.ts";
import type { Report } from "../../core/report/schema.ts";
import { makeFolder } from "../../local/make-folder.ts";
import { writeWhole } from "../output/write-whole.ts";

/** Where `tune` keeps every report, under the current folder. */
export const reportsFolder = join(".lambda-tuner", "reports");

/**
 * Keeps a report as `.lambda-tuner/reports/<function>/<run id>.json` under the current folder.
 *
 * @returns Where it is.
 */
export const storeReport = async (report: Report): Promise<string> => {
  const folder = join(reportsFolder, fileName(targetName(report)));
  await makeFolder(folder);
  const file = join(folder, `${fileName(report.run.id)}.json`);
  await writeWhole(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
};

/** A name that no file system minds, and that cannot leave its folder. */
export const fileName = (name: string): string => name.replace(/[^\w.-]/g, "-").replace(/^\.+/, "");
