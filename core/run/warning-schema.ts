import { z } from "zod";
import type { Warning } from "../warning.ts";

/** A warning on its way between two of our own functions: they alone write them, so only the kind is checked. */
export const warningSchema = z.custom<Warning>(
  (value) => typeof value === "object" && value !== null && "kind" in value,
  { error: "expected a warning with its kind" },
);
