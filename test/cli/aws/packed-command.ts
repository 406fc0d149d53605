import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** What the build reads of this repository. */
const sources = [
  "core",
  "functions",
  "local",
  "cli",
  "infra",
  "statemachine",
  "scripts",
  "schemas",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.build.json",
  "LICENSE",
  "README.md",
  "CHANGELOG.md",
];

/** The package, built and packed as for its publication, and installed into an empty folder. */
export interface PackedCommand {
  /** The command's compiled main file. */
  readonly program: string;
  readonly remove: () => void;
}

/**
 * Builds the package from the sources as they are, packs it and installs it with its dependencies alone.
 *
 * Nothing is fetched: dependencies are links to those of this repository, and none of its development tools is among them.
 */
export const installPacked = (): PackedCommand => {
  const folder = mkdtempSync(join(tmpdir(), "lambda-tuner-packed-"));
  const source = join(folder, "source");
  for (const name of sources) cpSync(join(root, name), join(source, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
  execFileSync(process.execPath, ["scripts/build.ts"], { cwd: source, stdio: ["ignore", "ignore", "pipe"] });
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--offline", "--json"], {
    cwd: source,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const modules = join(folder, "installed", "node_modules");
  const installed = join(modules, "lambda-tuner");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(source, fileNameIn(packed)), "-C", installed, "--strip-components=1"]);
  for (const name of dependencies()) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  rmSync(source, { recursive: true });
  return {
    program: join(installed, "dist", "cli", "main.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const fileNameIn = (packed: string): string => {
  const [{ filename } = { filename: "" }]: readonly { readonly filename: string }[] = JSON.parse(packed);
  return filename;
};

/** What `npm install lambda-tuner` would install, by the lock file. */
const dependencies = (): string[] => {
  const { packages }: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  return Object.entries(packages).flatMap(([path, { dev, ...facts }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    const isOptional = "devOptional" in facts || "peer" in facts;
    return name === undefined || dev === true || isOptional ? [] : [name];
  });
};
