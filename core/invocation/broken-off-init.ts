import { z } from "zod";
import { jsonObjects } from "./json-objects.ts";

/**
 * Whether a log says that an init phase failed, or took longer than Lambda grants it.
 *
 * Lambda then starts the environment again within the invocation, whose record has no init duration: this is all that
 * tells such a cold start from a warm invocation. A long log may have lost it from its last 4 KB.
 *
 * @param log - What was written before the invocation's own record.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html}, "Failures during the Init phase"
 */
export const saysInitBrokenOff = (log: string): boolean =>
  textLine.test(log) || jsonObjects(log, "platform.initReport").some(({ value }) => isBrokenOff(value));

const textLine =
  /^INIT_REPORT Init Duration: \d+(?:\.\d+)? ms[\t ]+Phase: (?:init|invoke)[\t ]+Status: (?:timeout|error|failure)\b/m;

const initReportSchema = z.object({ record: z.object({ status: z.enum(["timeout", "error", "failure"]) }) });

const isBrokenOff = (value: unknown): boolean => initReportSchema.safeParse(value).success;
