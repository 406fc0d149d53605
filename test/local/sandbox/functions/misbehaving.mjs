// oxlint-disable eslint/no-console -- what a handler prints is what is tested
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

let calls = 0;

/** Does what the event asks for: every way in which a handler goes wrong. */
export const handler = async ({ act, ...facts }) => {
  calls++;
  return acts[act](facts);
};

const acts = {
  count: () => calls,
  nothing: () => undefined,
  throw: () => {
    throw new TypeError("not today");
  },
  "throw text": () => {
    throw "only text";
  },
  "print 10 MB": () => {
    for (let line = 0; line < 10_240; line++) console.log("x".repeat(1000));
    console.log("the end");
  },
  exit: ({ code }) => process.exit(code),
  abort: () => process.abort(),
  "never settle": () => new Promise(() => {}),
  hang: () => delay(3_600_000),
  spin: () => {
    for (;;);
  },
  "ignore SIGTERM": () => {
    process.on("SIGTERM", () => {});
    for (;;);
  },
  "leak a timer": () => {
    setInterval(() => {}, 1);
    return "leaked";
  },
  "reject behind the back": async () => {
    void Promise.reject(new RangeError("nobody listens"));
    await delay(5000);
  },
  "throw behind the back": async () => {
    setTimeout(() => {
      throw new RangeError("nobody catches");
    }, 1);
    await delay(5000);
  },
  "answer 7 MB": () => "x".repeat(7_000_000),
  "answer a BigInt": () => 1n,
  allocate: ({ megabytes }) => {
    const held = Array.from({ length: megabytes }, () => Buffer.alloc(1024 * 1024, 1));
    return held.length;
  },
  fork: ({ detached }) => {
    const child = spawn("sleep", ["3600"], { detached, stdio: "ignore" });
    child.unref();
    return child.pid;
  },
  spend: ({ ms }) => {
    const { user, system } = process.cpuUsage();
    for (let spent = 0; spent < ms; ) {
      const usage = process.cpuUsage();
      spent = (usage.user + usage.system - user - system) / 1000;
    }
    return "spent";
  },
  wait: async ({ ms }) => {
    await delay(ms);
    return "waited";
  },
  pid: () => process.pid,
  environment: () => process.env,
  log: () => {
    console.log("two\nlines", { of: "output" });
    console.error("trouble");
    process.stdout.write("raw\n");
  },
};
