import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerOf, functionFile, keepSandboxOpen, openSandbox, sandboxed } from "../support/sandboxed.ts";

keepSandboxOpen();

const hasPython = spawnSync("python3", ["--version"]).status === 0;

// Without python3 in PATH there is nothing to run these functions.
describe.skipIf(!hasPython)("the Python runtime", () => {
  it("runs a handler, cold and warm", async () => {
    const { invoke } = await sandboxed(functionFile("handler.py"));
    const cold = await invoke({ value: 7 }, { requestId: "the-id" });
    expect(answerOf(cold)).toEqual({ value: 7, id: "the-id", left: expect.any(Number) });
    expect(cold.report.initDurationMs).toBeGreaterThan(0);
    expect((await invoke({ value: "ü" })).report.initDurationMs).toBeUndefined();
  });

  it("writes what is printed and logged", async () => {
    const { invoke } = await sandboxed(functionFile("handler.py"));
    const { output } = await invoke({ value: 7 }, { requestId: "the-id" });
    expect(output).toMatch(/^printed\n\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\tthe-id\tlogged\n$/);
    const { output: json } = await invoke({ value: 7 }, { requestId: "the-id", logFormat: "JSON" });
    expect(JSON.parse(json.split("\n")[1] ?? "")).toMatchObject({
      level: "INFO",
      message: "logged",
      requestId: "the-id",
    });
  });

  it.each([
    ["raise", "Handled", "KeyError", "missing"],
    ["set", "Handled", "Runtime.MarshalError", "not JSON serializable"],
    ["exit", "Unhandled", "Runtime.ExitError", "exit status 3"],
  ])("reports what happens when the handler's act is to %s", async (act, functionError, errorType, message) => {
    const { invoke } = await sandboxed(functionFile("handler.py"));
    const result = await invoke({ act });
    expect(result.functionError).toBe(functionError);
    expect(answerOf(result)).toMatchObject({ errorType, errorMessage: expect.stringContaining(message) });
  });

  it("shows why a module does not load", async () => {
    const { invoke } = await sandboxed(functionFile("fails_to_load.py"));
    const result = await invoke({});
    expect(result.functionError).toBe("Unhandled");
    expect(answerOf(result)).toMatchObject({
      errorType: "Runtime.ImportModuleError",
      errorMessage: expect.stringContaining("a_module_that_is_not_there"),
    });
  });

  it("writes nothing into the folder of the code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "python-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "other.py"), "value = 7\n");
    writeFileSync(join(folder, "app.py"), "import other\n\ndef handler(event, context):\n    return other.value\n");
    const { invoke } = await sandboxed(folder);
    expect(answerOf(await invoke({}))).toBe(7);
    expect(readdirSync(folder).sort()).toEqual(["app.py", "other.py"]);
  });

  it("names the functions of a module that lacks the handler", async () => {
    await expect(openSandbox(`${functionFile("handler.py")}:other`)).rejects.toThrow("defines handler");
  });
});
