import type { Paint } from "../../core/report/render-grid.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { paintFor } from "./paint.ts";

/** The room and the colours of a result: those of stdout, or of a file. */
export const terminalOf = ({ out, color, ci }: SharedFlags): { readonly width: number; readonly paint: Paint } => ({
  width: (out === undefined ? roomOf(process.stdout).columns : undefined) ?? 100,
  paint: paintFor(process.stdout, out === undefined && color && !ci),
});

/** Columns and rows of a stream; absent where it is no terminal, or one that does not know (it then says 0). */
export const roomOf = ({
  columns,
  rows,
}: NodeJS.WriteStream): { readonly columns?: number; readonly rows?: number } => ({
  ...(columns > 0 ? { columns } : {}),
  ...(rows > 0 ? { rows } : {}),
});
