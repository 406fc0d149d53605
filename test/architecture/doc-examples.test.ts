import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { docExamples, exportedValues, identifiersIn, runExample } from "./doc-examples.ts";

const sources = new Map(
  globSync("core/**/*.ts")
    .sort()
    .map((file) => [file, readFileSync(file, "utf8")] as const),
);

const examples = [...sources].flatMap(([file, source]) =>
  docExamples(source).map(({ line, code }) => ({ at: `${file}:${line}`, file, line, code })),
);

describe("the examples of core", () => {
  it.each(examples)("$at gives what it says", async ({ file, line, code }) => {
    const checked = await runExample({ line, code }, await scopeOf(file, code));
    expect(checked).not.toEqual([]);
    for (const { expression, actual, expected } of checked)
      expect({ [expression]: actual }).toEqual({ [expression]: expected });
  });
});

/** Values that the example can name: those of its own file first, then of the files it imports, then of all of core. */
const scopeOf = async (file: string, code: string): Promise<Record<string, unknown>> => {
  const scope: Record<string, unknown> = {};
  const named = identifiersIn(code);
  for (const candidate of [...sources.keys()].sort((a, b) => distance(file, a) - distance(file, b))) {
    const wanted = exportedValues(sources.get(candidate) ?? "").filter((name) => named.has(name) && !(name in scope));
    if (wanted.length === 0) continue;
    const module: Record<string, unknown> = await import(pathToFileURL(candidate).href);
    for (const name of wanted) scope[name] = module[name];
  }
  return scope;
};

const distance = (from: string, to: string): number => {
  if (from === to) return 0;
  const imports = [...(sources.get(from) ?? "").matchAll(/from "(\.[^"]+)"/g)];
  return imports.some((match) => normalize(join(dirname(from), match[1] ?? "")) === to) ? 1 : 2;
};

describe("an example", () => {
  const source = `
    /**
     * Doubles.
     *
     * @example
     * \`\`\`ts
     * const given: number = 4;
     * double(given); // => 8
     * double(
     *   [1, 2].length,
     * ); // => 5
     * double("x"); // => throws TypeError
     * await Promise.resolve({ a: "; // =>" }); // => { a: "; // =>" }
     * \`\`\`
     */
    export const double = (n: number) => 2 * n;
    /** Without an example. */
    export class Other {}
  `;
  const double = (n: unknown): number => {
    if (typeof n !== "number") throw new TypeError("expected a number");
    return 2 * n;
  };

  it("is found with the line it begins on", () => {
    expect(docExamples(source).map(({ line }) => line)).toEqual([7]);
  });

  it("runs line by line, over several lines, and shows what differs", async () => {
    const [example] = docExamples(source);
    const checked = await runExample(example ?? { line: 0, code: "" }, { double });
    expect(checked).toEqual([
      { expression: "double(given)", actual: 8, expected: 8 },
      { expression: "double(\n  [1, 2].length,\n)", actual: 4, expected: 5 },
      { expression: 'double("x")', actual: "throws TypeError", expected: "throws TypeError" },
      { expression: 'await Promise.resolve({ a: "; // =>" })', actual: { a: "; // =>" }, expected: { a: "; // =>" } },
    ]);
  });

  it("that throws where it does not say so fails", async () => {
    await expect(runExample({ line: 1, code: "const { a } = undefined;\na; // => 1" }, {})).rejects.toThrow(TypeError);
  });

  it("can name what a file exports", () => {
    expect(exportedValues(source.replaceAll("\n    ", "\n"))).toEqual(["double", "Other"]);
  });
});
