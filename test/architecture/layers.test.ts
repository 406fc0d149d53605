import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { expect, it } from "vitest";

/** Who may import whom among our own folders; everything not listed is forbidden. */
const arrows: Record<string, readonly string[]> = {
  core: [],
  functions: ["core"],
  local: ["core", "functions", "statemachine"],
  cli: ["core", "local"],
  infra: ["core"],
  bench: ["core", "functions", "local", "cli", "infra"],
  scripts: ["core", "functions", "local", "cli", "infra"],
  examples: [],
};

/** Packages that a folder may import; a folder that is absent here may import any. */
const packages: Record<string, readonly string[]> = {
  core: ["zod", "simple-statistics"],
};

const importPattern = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

const importsOf = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(importPattern)].map((match) => match[1] ?? "");

const filesOf = (folder: string): string[] =>
  globSync(`${folder}/**/*.ts`, { exclude: (name) => name.includes("node_modules") });

it.each(Object.entries(arrows))("%s imports only what its arrows allow", (folder, allowed) => {
  const violations = filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => normalize(join(dirname(file), specifier)))
      .filter((imported) => {
        const top = imported.split(sep)[0] ?? "";
        return top !== folder && !allowed.includes(top) && imported !== "package.json";
      })
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(violations).toEqual([]);
});

it.each(Object.entries(packages))("%s imports no package but its own", (folder, allowed) => {
  const violations = filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith(".") && !allowed.includes(specifier))
      .map((specifier) => `${file} imports ${specifier}`),
  );
  expect(violations).toEqual([]);
});
