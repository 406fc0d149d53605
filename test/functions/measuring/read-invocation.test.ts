import { expect, it } from "vitest";
import type { LogRecord } from "../../../core/invocation/log-record.ts";
import { readInvocation } from "../../../functions/measuring/read-invocation.ts";

const record = (facts: Partial<LogRecord> = {}): LogRecord => ({
  kind: "record",
  durationMs: 10,
  billedMs: 10,
  memorySizeMb: 128,
  cold: false,
  status: "ok",
  ...facts,
});
const unreadable = { kind: "unreadable", reason: "no-report" } as const;
const answer = { kind: "answered", payload: "null" } as const;
const error = (type: string, message = "") => ({ functionError: { type, message } });

it.each([
  ["a success", { ...answer, record: record() }, "ok"],
  ["an error that the runtime caught", { ...answer, record: record(), ...error("TypeError") }, "error"],
  ["an error that the request allows", { ...answer, record: record(), ...error("NotFound") }, "ok"],
  ["the platform's timeout", { ...answer, record: record({ status: "timed-out" }) }, "timed-out"],
  ["the platform's out of memory", { ...answer, record: record({ status: "out-of-memory" }) }, "out-of-memory"],
  [
    "a timeout that only the answer tells",
    { ...answer, record: unreadable, ...error("Sandbox.Timedout") },
    "timed-out",
  ],
  [
    "a timeout in words",
    {
      ...answer,
      record: unreadable,
      ...error("Unhandled", "2026-01-01T00:00:00Z 1-2 Task timed out after 3.00 seconds"),
    },
    "timed-out",
  ],
  [
    "a kill in words",
    {
      ...answer,
      record: unreadable,
      ...error("Runtime.ExitError", "RequestId: 1 Error: Runtime exited with error: signal: killed"),
    },
    "out-of-memory",
  ],
  ["a success without a record", { ...answer, record: unreadable }, "error"],
  ["an allowed error without a record", { ...answer, record: unreadable, ...error("NotFound") }, "error"],
] as const)("reads %s", (_, invocation, status) => {
  expect(readInvocation(invocation, ["NotFound"]).status).toBe(status);
});

it("does not invent times for an answer without a record", () => {
  expect(readInvocation({ ...answer, record: unreadable }, [])).toEqual({
    status: "error",
    failure: { type: "UnreadableTail", message: "no readable REPORT record: no-report" },
  });
});
