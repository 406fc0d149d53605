import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";

export interface Found {
  readonly file: string;
  /** Absent: the usual name. */
  readonly handlerExport?: string;
}

const stems = ["index", "handler", "app", "lambda_function"];
const extensions = [".mjs", ".js", ".cjs", ".ts", ".mts", ".cts", ".py"];

/** @throws {@link InvalidTargetError} when the folder holds no function, or its config names one that is not there. */
export const findInFolder = (target: string, folder: string): Found => {
  const found =
    fromConfig(target, folder) ?? fromBootstrap(folder) ?? fromUsualNames(folder) ?? fromPackageMain(target, folder);
  if (found !== undefined) return found;
  const names = readdirSync(folder).slice(0, 8).join(", ");
  throw new InvalidTargetError(
    target,
    `the folder has no handler. Expected ${stems.join(", ")} with one of ${extensions.join(" ")}, an executable bootstrap, main in package.json, or local.handler in lambda-tuner.config.json; found ${names === "" ? "nothing" : names}. Name the handler: ${target.replace(/\/$/, "")}/file.js:handler`,
  );
};

const fromConfig = (target: string, folder: string): Found | undefined => {
  const document = readJson(target, join(folder, "lambda-tuner.config.json"));
  const handler = property(property(document, "local"), "handler");
  if (handler === undefined) return undefined;
  if (typeof handler !== "string") {
    throw new InvalidTargetError(
      target,
      `local.handler in lambda-tuner.config.json must be text such as "src/app.handler", got ${JSON.stringify(handler)}.`,
    );
  }
  return parseHandler(target, folder, handler);
};

/**
 * Finds the handler that a config names within a folder, in either notation: a file and an export
 * (`src/app.mjs:handler`), or Lambda's (`src/app.handler`).
 *
 * @throws {@link InvalidTargetError} when there is no such file.
 */
export const parseHandler = (target: string, folder: string, handler: string): Found => {
  const colon = handler.lastIndexOf(":");
  if (colon > 0) return { file: join(folder, handler.slice(0, colon)), handlerExport: handler.slice(colon + 1) };
  if (isFile(join(folder, handler))) return { file: join(folder, handler) };
  const parts = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler);
  const base = parts?.[1] === undefined ? undefined : join(folder, parts[1]);
  const file = base === undefined ? undefined : extensions.map((extension) => base + extension).find(isFile);
  if (file === undefined || parts?.[2] === undefined) {
    const missing =
      parts?.[1] === undefined
        ? `no such file in ${folder}. Write it as "src/app.handler" or "src/app.mjs:handler".`
        : `no ${parts[1]} with one of ${extensions.join(" ")} in ${folder}. Correct the path, which starts from that folder.`;
    throw new InvalidTargetError(target, `the handler is given as ${JSON.stringify(handler)}, and there is ${missing}`);
  }
  return { file, handlerExport: parts[2] };
};

const fromBootstrap = (folder: string): Found | undefined => first([join(folder, "bootstrap")]);

const fromUsualNames = (folder: string): Found | undefined =>
  first(stems.flatMap((stem) => extensions.map((extension) => join(folder, stem + extension))));

const fromPackageMain = (target: string, folder: string): Found | undefined => {
  const main = property(readJson(target, join(folder, "package.json")), "main");
  if (typeof main !== "string") return undefined;
  const path = join(folder, main);
  return first(extname(path) === "" ? extensions.flatMap((end) => [path + end, join(path, `index${end}`)]) : [path]);
};

const first = (paths: readonly string[]): Found | undefined => {
  const file = paths.find(isFile);
  return file === undefined ? undefined : { file };
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const readJson = (target: string, file: string): unknown => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InvalidTargetError(target, `${file} is not JSON: ${String(error)}`, {
      cause: error,
    });
  }
};

const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
