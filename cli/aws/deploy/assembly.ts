import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { isJsonObject, withValueAt } from "../../flags/json-object.ts";

/** Name of the stack of the default installation, and of its artifact in the assembly: `infra/app.ts` sets it. */
const artifactName = "LambdaTuner";

/** A cloud assembly that the CDK can deploy. */
export interface Assembly {
  readonly folder: string;
  readonly stackName: string;
  /** Removes what was made for this installation. */
  readonly close: () => void;
}

/** Folder of the package's build in which `name` is: beside the compiled command, or in `dist/` of the sources. */
export const builtFolder = (name: "cloud-assembly" | "cloudformation"): string => {
  const places = [`../../../${name}`, `../../../dist/${name}`].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new EnvironmentError(`The package holds no ${name}: it was not built. Build it with: npm run build`);
};

/** The assembly of an installation: each has a stack of its own, so that one never replaces the other. */
export const assemblyOf = (installationName: string): Assembly => {
  const built = builtFolder("cloud-assembly");
  if (installationName === "default") return { folder: built, stackName: artifactName, close: () => undefined };
  const stackName = stackNameOf(installationName);
  const folder = mkdtempSync(join(tmpdir(), "lambda-tuner-assembly-"));
  cpSync(built, folder, { recursive: true });
  const manifest = join(folder, "manifest.json");
  const document: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  if (!isJsonObject(document)) throw new TypeError(`${manifest} is not a manifest.`);
  const renamed = withValueAt(document, ["artifacts", artifactName, "properties", "stackName"], stackName);
  writeFileSync(manifest, JSON.stringify(renamed, undefined, 1));
  return { folder, stackName, close: () => rmSync(folder, { recursive: true, force: true }) };
};

/** Stack names take no underscore: a name with one gets some of its digest, as `a_b` and `a-b` are two installations. */
export const stackNameOf = (installationName: string): string => {
  if (installationName === "default") return artifactName;
  const name = `${artifactName}-${installationName.replaceAll("_", "-")}`;
  return installationName.includes("_") ? `${name}-${digestOf(installationName)}` : name;
};

const digestOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 4);
