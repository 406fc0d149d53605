import { styleText } from "node:util";
import { type Paint, plain, type Role } from "../../core/report/render-grid.ts";

type Format = Parameters<typeof styleText>[0];

const formats: Readonly<Record<Role, Format>> = {
  title: ["bold", "underline"],
  good: ["green", "bold"],
  attention: "yellow",
  bad: ["red", "bold"],
  quiet: "dim",
  strong: "bold",
};

/** Colours for a stream: none where it is no terminal, where NO_COLOR is set, or where `wanted` is false. */
export const paintFor = (stream: NodeJS.WriteStream, wanted: boolean): Paint =>
  wanted ? (role, text) => styleText(formats[role], text, { stream }) : plain;
