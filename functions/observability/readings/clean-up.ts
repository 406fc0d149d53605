import { z } from "zod";
import type { Readings } from "../reading.ts";

/**
 * What the daily sweep found: targets that everything before it had left changed. A lock alone is none of them, and other
 * clean-ups say nothing.
 */
export const readings: Readings = (event, answer) =>
  sweepSchema.safeParse(event).success ? [{ metric: "leftoversFound", value: changedIn(answer) }] : [];

const sweepSchema = z.looseObject({ "detail-type": z.literal("Scheduled Event") });

const changedIn = (answer: unknown): number =>
  cleanedSchema.parse(answer).cleaned.filter(({ changed }) => changed).length;

const cleanedSchema = z.looseObject({ cleaned: z.array(z.looseObject({ changed: z.boolean() })) });
