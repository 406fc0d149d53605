import { accessSync, constants, statSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { InvalidTargetError } from "../../core/errors/invalid-target-error.ts";
import { codeSha256 } from "./target/code-sha256.ts";
import { chooseHandler } from "./target/handler-exports.ts";
import { findInFolder } from "./target/find-in-folder.ts";

/** A function's code on this machine. */
export interface CodeTarget {
  /** A name that Lambda would accept for the function. */
  readonly name: string;
  readonly runtime: "nodejs" | "python" | "provided";
  /** Absolute path of the folder the function runs in. */
  readonly rootFolder: string;
  /** Absolute path of the handler's file, or of the executable bootstrap. */
  readonly file: string;
  /** Name of the handler within the file, dots for nesting; empty for a bootstrap. */
  readonly handlerExport: string;
  /** SHA-256 of the code in base64, as Lambda gives it. */
  readonly codeSha256: string;
}

/**
 * Finds the function that a path means: a file, `file:handler`, or a folder that holds one.
 *
 * In a folder the first of these counts: `local.handler` of a `lambda-tuner.config.json`; a `bootstrap`; a file named
 * index, handler, app or lambda_function; `main` of the package.json.
 *
 * @throws {@link InvalidTargetError} with what was expected, what came and what to do.
 */
export const resolveCodeTarget = async (target: string): Promise<CodeTarget> => {
  const { path, handlerExport: wantedExport } = splitHandler(target);
  const isFolder = existing(target, path).isDirectory();
  const found = isFolder ? findInFolder(target, path) : { file: path };
  const handlerExport = wantedExport ?? found.handlerExport;
  const { file } = found;
  existing(target, file);
  const runtime = runtimeOf(target, file);
  return {
    name: functionName(isFolder ? path : file),
    runtime,
    rootFolder: isFolder ? path : dirname(file),
    file,
    handlerExport: runtime === "provided" ? "" : await chooseHandler(target, file, runtime, handlerExport),
    codeSha256: codeSha256(isFolder ? path : file),
  };
};

/** A colon belongs to the path when there is such a path, and else stands before the handler. */
const splitHandler = (target: string): { path: string; handlerExport?: string } => {
  const colon = target.lastIndexOf(":");
  if (colon <= 0 || isThere(resolve(target))) return { path: resolve(target) };
  return { path: resolve(target.slice(0, colon)), handlerExport: target.slice(colon + 1) };
};

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const existing = (target: string, path: string): { isDirectory(): boolean } => {
  try {
    return statSync(path);
  } catch (error) {
    throw new InvalidTargetError(
      target,
      `there is no file or folder ${path}. Give the path of a handler file, file:handler, or a folder with one.`,
      { cause: error },
    );
  }
};

const runtimeOf = (target: string, file: string): CodeTarget["runtime"] => {
  const extension = extname(file);
  if (/^\.[mc]?[jt]sx?$/.test(extension)) return "nodejs";
  if (extension === ".py") return "python";
  if (basename(file) !== "bootstrap" && !isExecutable(file)) {
    throw new InvalidTargetError(
      target,
      `${basename(file)} has ${extension === "" ? "no extension" : `the extension ${extension}`}; expected .js, .mjs, .cjs, .ts, .mts, .cts or .py, or an executable that speaks the Runtime API.`,
    );
  }
  if (!isExecutable(file)) {
    throw new InvalidTargetError(target, `${file} is not executable. Make it so with: chmod +x ${file}`);
  }
  return "provided";
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    // Root may execute what nobody marked as executable, says access(); the kernel does not agree.
    return (statSync(file).mode & 0o111) !== 0;
  } catch {
    return false;
  }
};

/** Files with such a name say nothing about the function; their folder does. */
const speechless = new Set(["index", "handler", "app", "main", "bootstrap", "lambda_function", "src", "dist", "lib"]);

const functionName = (path: string): string => {
  let named = path;
  while (speechless.has(stem(named)) && dirname(named) !== named) named = dirname(named);
  const safe = stem(named)
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return safe === "" ? "function" : safe.slice(0, 64);
};

const stem = (path: string): string => basename(path, extname(path));
