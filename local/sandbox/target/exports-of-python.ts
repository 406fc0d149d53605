import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";

/**
 * Names that a Python file defines at its top level, read from its syntax tree.
 *
 * @throws {@link InvalidTargetError} when there is no Python, or the file is not.
 */
export const exportsOfPython = async (target: string, file: string): Promise<readonly string[]> => {
  try {
    const { stdout } = await promisify(execFile)("python3", ["-c", listNames, file]);
    return stdout.split("\n").filter(Boolean);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new InvalidTargetError(target, "it needs python3, which is not in PATH. Install it, or add it to PATH.", {
        cause: error,
      });
    }
    const text = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new InvalidTargetError(target, `Python cannot read it. ${text.trim().split("\n").slice(-3).join(" ")}`, {
      cause: error,
    });
  }
};

const listNames = `
import ast, sys
for node in ast.parse(open(sys.argv[1], "rb").read(), sys.argv[1]).body:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        print(node.name)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        for target in getattr(node, "targets", None) or [node.target]:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    print(name.id)
    elif isinstance(node, ast.ImportFrom):
        for name in node.names:
            print(name.asname or name.name)
`;
