import type { Paint } from "../../core/report/render-grid.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { paintFor } from "./paint.ts";

/** The room and the colours of a result: those of stdout, or of a file. */
export const terminalOf = ({ out, color, ci }: SharedFlags): { readonly width: number; readonly paint: Paint } => ({
  width: (out === undefined ? process.stdout.columns : undefined) ?? 100,
  paint: paintFor(process.stdout, out === undefined && color && !ci),
});
