import type { Paint } from "../../core/report/render-grid.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { paintFor } from "./paint.ts";

/** What a command tells the person at the terminal: always stderr, never the result. */
export interface Notes {
  /** Progress and pointers; silenced by `--quiet`. */
  readonly say: (text: string) => void;
  /** What a reader must know; never silenced. */
  readonly warn: (text: string) => void;
  /** Why a command fails that has a result all the same; never silenced. */
  readonly fail: (text: string) => void;
  /** What a question is about: shown whenever the question is. */
  readonly ask: (text: string) => void;
  /** What is being done, with `--verbose`. */
  readonly detail: (text: string) => void;
  /** Everything else, with `--debug`. */
  readonly debug: (text: string) => void;
  readonly paint: Paint;
}

/** Notes on stderr, as loud and as colourful as the flags say. */
export const createNotes = ({ quiet, verbose, debug, color, yes, ci }: SharedFlags): Notes => {
  const paint = paintFor(process.stderr, color && !ci);
  const write = (text: string) => process.stderr.write(`${text}\n`);
  const silent = () => {};
  return {
    say: quiet ? silent : write,
    warn: (text) => write(`${paint("attention", "warning:")} ${text}`),
    fail: (text) => write(`error: ${text}`),
    ask: yes ? silent : write,
    detail: verbose ? (text) => write(paint("quiet", text)) : silent,
    debug: debug ? (text) => write(paint("quiet", `debug: ${text}`)) : silent,
    paint,
  };
};
