import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";

/** A fenced `ts` block below an `@example` tag. */
export interface DocExample {
  /** Line of the source file on which the code begins, from 1. */
  readonly line: number;
  readonly code: string;
}

/** What one `// =>` line says and what its left-hand side gives; a thrown error is given as `throws <name>`. */
export interface CheckedLine {
  readonly expression: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

const comment = /\/\*\*[\s\S]*?\*\//g;
const fence = /```ts\n([\s\S]*?)```/g;

/** Finds the examples of a TypeScript source text. */
export const docExamples = (source: string): DocExample[] =>
  [...source.matchAll(comment)].flatMap(({ 0: text, index }) => {
    const example = text.indexOf("@example");
    if (example < 0) return [];
    // Same length as the comment, so that positions stay true.
    return [...text.matchAll(fence)]
      .filter((block) => block.index > example)
      .map((block) => ({
        line: source.slice(0, index + block.index).split("\n").length + 1,
        code: (block[1] ?? "").replaceAll(/^ *\* ?/gm, "").trimEnd(),
      }));
  });

/** Names that a source text exports as values. */
export const exportedValues = (source: string): string[] =>
  [...source.matchAll(/^export (?:const|let|function\*?|async function|class|abstract class) (\w+)/gm)].map(
    (match) => match[1] ?? "",
  );

/** Identifiers that occur in a text, property names and words of strings among them. */
export const identifiersIn = (code: string): ReadonlySet<string> => new Set(code.match(/[A-Za-z_$][\w$]*/g));

/**
 * Runs an example.
 *
 * @param scope - What the names of the example stand for.
 * @returns One entry for each `// =>` line, in order.
 */
export const runExample = async (
  { code }: DocExample,
  scope: Readonly<Record<string, unknown>>,
): Promise<CheckedLine[]> => {
  const body = statements(code).map(instrumented).join("\n");
  const script = transformSync(`export default (async () => {\n${body}\n})();`, { loader: "ts", format: "cjs" });
  const lines: CheckedLine[] = [];
  const check = async (expression: string, actual: () => unknown, expected: () => unknown): Promise<void> => {
    lines.push({ expression, actual: await outcomeOf(actual), expected: expected() });
  };
  const module = { exports: {} as { default?: Promise<void> } };
  const names = Object.keys(scope);
  compileFunction(script.code, ["module", "exports", "check", ...names])(
    module,
    module.exports,
    check,
    ...names.map((name) => scope[name]),
  );
  await module.exports.default;
  return lines;
};

interface Statement {
  readonly code: string;
  /** The right-hand side of its `// =>`, when it has one. */
  readonly expected?: string;
}

const arrow = /^(.*;)\s*\/\/ => (.+)$/;

/** Statements end with a semicolon at the end of a line, or before the line's `// =>`, where no bracket is open. */
const statements = (code: string): Statement[] => {
  const found: Statement[] = [];
  let pending = "";
  for (const line of code.split("\n")) {
    const [, left, expected] = arrow.exec(line) ?? [];
    pending += `${left ?? line}\n`;
    if (!isWhole(pending)) continue;
    found.push(expected === undefined ? { code: pending } : { code: pending, expected });
    pending = "";
  }
  return pending.trim() === "" ? found : [...found, { code: pending }];
};

const isWhole = (code: string): boolean => {
  if (!code.trimEnd().endsWith(";")) return false;
  try {
    transformSync(`async () => {\n${code}\n}`, { loader: "ts", logLevel: "silent" });
    return true;
  } catch {
    return false;
  }
};

const instrumented = ({ code, expected }: Statement): string => {
  if (expected === undefined) return code;
  const expression = code.trim().replace(/;$/, "");
  const [, errorName] = /^throws (\w+)$/.exec(expected) ?? [];
  const right = errorName === undefined ? `(${expected})` : JSON.stringify(`throws ${errorName}`);
  return `await check(${JSON.stringify(expression)}, async () => (${expression}), () => ${right});`;
};

const outcomeOf = async (actual: () => unknown): Promise<unknown> => {
  try {
    return await actual();
  } catch (error) {
    return `throws ${error instanceof Error ? error.constructor.name : String(error)}`;
  }
};
