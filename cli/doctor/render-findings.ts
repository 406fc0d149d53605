import type { Paint, Role } from "../../core/report/render-grid.ts";
import type { Finding } from "./examine-machine.ts";

/** Findings as text: one line each, the fix under it. */
export const renderFindings = (findings: readonly Finding[], paint: Paint): string => {
  const room = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ subject, state, found, fix }) => [
    `${paint(roles[state], words[state])}  ${subject.padEnd(room)}  ${found}`,
    ...(fix === undefined ? [] : [`${" ".repeat(room + 10)}${paint("quiet", fix)}`]),
  ]);
  return `${lines.join("\n")}\n`;
};

const words = { good: "ok    ", limited: "limits", missing: "FAILS " } as const;

const roles: Readonly<Record<Finding["state"], Role>> = { good: "good", limited: "attention", missing: "bad" };
