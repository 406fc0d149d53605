import { expect, it } from "vitest";
import { type CgroupFacts, v1Hierarchy, v2Hierarchy } from "../../../../local/sandbox/backend/cgroup-mounts.ts";

const v1Machine: CgroupFacts = {
  mountInfo: `25 20 0:22 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755
30 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:10 - cgroup cgroup rw,cpu,cpuacct
31 25 0:28 / /sys/fs/cgroup/memory rw,nosuid shared:11 - cgroup cgroup rw,memory
32 25 0:29 / /sys/fs/cgroup/unified rw,nosuid shared:12 - cgroup2 cgroup2 rw
`,
  membership: "5:cpu,cpuacct:/user.slice\n4:memory:/user.slice/session-1.scope\n0::/user.slice/session-1.scope\n",
};

const v2Machine: CgroupFacts = {
  mountInfo: "29 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
  membership: "0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.scope\n",
};

/** Docker without a namespace of its own for control groups: it mounts the container's part alone. */
const v1Container: CgroupFacts = {
  mountInfo: "80 70 0:27 /docker/abc /sys/fs/cgroup/cpu ro,nosuid master:10 - cgroup cgroup rw,cpu\n",
  membership: "5:cpu:/docker/abc\n",
};

const v1Nested: CgroupFacts = { ...v1Container, membership: "5:cpu:/docker/abc/inner\n" };

it.each([
  ["version 1, cpu", v1Hierarchy(v1Machine, "cpu"), "/sys/fs/cgroup/cpu,cpuacct", "/user.slice"],
  ["version 1, memory", v1Hierarchy(v1Machine, "memory"), "/sys/fs/cgroup/memory", "/user.slice/session-1.scope"],
  ["hybrid, version 2", v2Hierarchy(v1Machine), "/sys/fs/cgroup/unified", "/user.slice/session-1.scope"],
  [
    "version 2",
    v2Hierarchy(v2Machine),
    "/sys/fs/cgroup",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/a.scope",
  ],
  ["a container", v1Hierarchy(v1Container, "cpu"), "/sys/fs/cgroup/cpu", ""],
  ["a group in a container", v1Hierarchy(v1Nested, "cpu"), "/sys/fs/cgroup/cpu", "/inner"],
])("finds the own group with %s", (_, hierarchy, mountPoint, below) => {
  expect(hierarchy).toEqual({ mountPoint, ownFolder: mountPoint + below });
});

it("takes the mount point where the own group lies outside of what is mounted", () => {
  const facts = { ...v1Container, membership: "5:cpu:/elsewhere\n" };
  expect(v1Hierarchy(facts, "cpu")?.ownFolder).toBe("/sys/fs/cgroup/cpu");
});

it("reads mount points with spaces", () => {
  const facts = { ...v1Container, mountInfo: String.raw`80 70 0:27 / /my\040groups ro - cgroup cgroup rw,cpu` };
  expect(v1Hierarchy(facts, "cpu")?.mountPoint).toBe("/my groups");
});

it.each([
  ["version 1 where there is only 2", v1Hierarchy(v2Machine, "cpu")],
  ["version 2 where there is only 1", v2Hierarchy(v1Container)],
  ["a controller that is not mounted", v1Hierarchy(v1Container, "memory")],
  ["anything where nothing is said", v2Hierarchy({ mountInfo: "", membership: "" })],
])("does not find %s", (_, hierarchy) => {
  expect(hierarchy).toBeUndefined();
});
