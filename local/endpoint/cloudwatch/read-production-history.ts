import { readJsonFile } from "../../simulation/read-json-file.ts";
import { type FunctionHistory, parseProductionHistory } from "./production-history.ts";

/**
 * Reads a metrics file: what functions have done in production, by function name.
 *
 * @throws {@link InvalidRequestError} when it cannot be read, with every fault of its content at once.
 */
export const readProductionHistory = async (file: string): Promise<ReadonlyMap<string, FunctionHistory>> => {
  const subject = `The metrics file ${file}`;
  return parseProductionHistory(await readJsonFile(file, subject), subject);
};
