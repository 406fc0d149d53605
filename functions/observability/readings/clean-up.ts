import { z } from "zod";
import type { Readings } from "../reading.ts";

/** What the daily sweep found: targets that everything before it had left changed. Other clean-ups say nothing. */
export const readings: Readings = (event, answer) =>
  sweepSchema.safeParse(event).success
    ? [{ metric: "leftoversFound", value: cleanedSchema.parse(answer).cleaned.length }]
    : [];

const sweepSchema = z.looseObject({ "detail-type": z.literal("Scheduled Event") });

const cleanedSchema = z.looseObject({ cleaned: z.array(z.unknown()) });
