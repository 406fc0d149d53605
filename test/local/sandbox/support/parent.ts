import { openSandbox } from "./sandboxed-process.ts";

// A program of its own that a test can kill: it leaves an idle environment, a busy one, and two forked children.
const [target = "", backend] = process.argv.slice(2);
const invoke = await openSandbox(target, backend);
const children: unknown[] = [];
for (const detached of [false, true]) children.push(await invoke({ act: "fork", detached }, "forks"));
const idle = await invoke({ act: "pid" }, "idle");
const busy = await invoke({ act: "pid" }, "busy");
void invoke({ act: "spin" }, "busy");
process.stdout.write(`${JSON.stringify([...children, idle, busy])}\n`);
