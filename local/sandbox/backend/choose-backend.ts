import { type CgroupFacts, readCgroupFacts } from "./cgroup-mounts.ts";
import { cgroupV1Backend } from "./cgroup-v1.ts";
import { cgroupV2Backend } from "./cgroup-v2.ts";
import type { CpuBackend } from "./cpu-backend.ts";
import { dutyCycleBackend } from "./duty-cycle.ts";

/**
 * The best way to limit CPU that works here: control groups, or else stopping and continuing processes.
 *
 * @param wanted - Use this one and no other.
 * @throws {@link RangeError} when the wanted one does not work here.
 */
export const chooseBackend = async (wanted?: CpuBackend["name"]): Promise<CpuBackend> => {
  const facts = readCgroupFacts();
  const reasons: string[] = [];
  for (const { name, open } of exactBackends) {
    if (wanted !== undefined && wanted !== name) continue;
    try {
      if (facts === undefined) throw new RangeError("this system has none");
      return await open(facts);
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (wanted !== undefined && wanted !== "duty-cycle") {
    throw new RangeError(`The CPU backend ${wanted} does not work here. ${reasons.join("; ")}`);
  }
  return dutyCycleBackend(wanted === undefined ? fallbackNote(reasons) : undefined);
};

const exactBackends: readonly {
  readonly name: CpuBackend["name"];
  readonly open: (facts: CgroupFacts) => Promise<CpuBackend>;
}[] = [
  { name: "cgroup-v2", open: cgroupV2Backend },
  { name: "cgroup-v1", open: cgroupV1Backend },
];

const fallbackNote = (reasons: readonly string[]): string =>
  `Control groups cannot be used (${reasons.join("; ")}). ${waysOut()}`;

const waysOut = (): string => {
  if (process.platform !== "linux") return "Exact shares need Linux.";
  return process.getuid?.() === 0
    ? "For exact shares in a container, let it have control groups of its own: docker run --privileged."
    : "For exact shares run as root, or through: systemd-run --user --scope -p Delegate=yes <command>.";
};
