import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { toolVersion } from "../../core/tool-version.ts";
import { oneVcpuMb } from "../../core/units.ts";
import { chooseBackend } from "../../local/sandbox/backend/choose-backend.ts";

/** One thing that the local engine needs or likes to have. */
export interface Finding {
  readonly subject: string;
  /** `limited` works, with less; `missing` keeps the local engine from working. */
  readonly state: "good" | "limited" | "missing";
  readonly found: string;
  /** What would make it good; absent when it is. */
  readonly fix?: string;
}

/** Looks at everything on this machine that the local engine depends on. */
export const examineMachine = async (): Promise<Finding[]> => [
  { subject: "lambda-tuner", state: "good", found: toolVersion },
  node(),
  processors(),
  await cpuBackend(),
  await loopback(),
  await python(),
  await reports(),
];

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 18);
  const found = process.versions.node;
  return isNewEnough
    ? { subject: "Node.js", state: "good", found }
    : { subject: "Node.js", state: "missing", found, fix: "Install Node.js 22.18 or newer." };
};

const processors = (): Finding => {
  const cores = availableParallelism();
  const cappedAtMb = cores * oneVcpuMb;
  const found = `${cores}, which is the CPU share of ${cappedAtMb} MB`;
  return cappedAtMb >= 10_240
    ? { subject: "Processors", state: "good", found }
    : {
        subject: "Processors",
        state: "limited",
        found,
        fix: `Sizes above ${cappedAtMb} MB run with that share: multi-threaded code may be faster in AWS.`,
      };
};

const cpuBackend = async (): Promise<Finding> => {
  try {
    const backend = await chooseBackend();
    await backend.close();
    return backend.approximate || backend.notes.length > 0
      ? { subject: "CPU shares", state: "limited", found: backend.name, fix: backend.notes.join(" ") }
      : { subject: "CPU shares", state: "good", found: `${backend.name}, held by the kernel` };
  } catch (error) {
    return {
      subject: "CPU shares",
      state: "missing",
      found: error instanceof Error ? error.message : String(error),
      fix: "Run on Linux with control groups.",
    };
  }
};

const loopback = (): Promise<Finding> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => {
      const fix = "Allow listening on 127.0.0.1: the endpoint lives there.";
      resolve({ subject: "Loopback", state: "missing", found: error.message, fix });
    });
    server.listen(0, "127.0.0.1", () => {
      server.close(() => resolve({ subject: "Loopback", state: "good", found: "127.0.0.1 takes connections" }));
    });
  });

const python = async (): Promise<Finding> => {
  try {
    const { stdout } = await promisify(execFile)("python3", ["--version"]);
    return { subject: "Python", state: "good", found: stdout.trim() };
  } catch {
    const fix = "Install python3 to tune Python handlers; others do not need it.";
    return { subject: "Python", state: "limited", found: "no python3 in PATH", fix };
  }
};

const reports = async (): Promise<Finding> => {
  try {
    await access(".", constants.W_OK);
    return { subject: "Reports", state: "good", found: "this folder can be written" };
  } catch {
    const fix = "Reports are only printed here; use --out, or another folder, to keep them.";
    return { subject: "Reports", state: "limited", found: "this folder cannot be written", fix };
  }
};
