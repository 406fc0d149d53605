import { delimiter, dirname, extname, join, relative } from "node:path";
import type { RunnerInvocation } from "../../endpoint/function-runner.ts";
import type { CodeTarget } from "../code-target.ts";

/**
 * The environment variables of an execution environment: Lambda's own, the function's, and of ours only what programs
 * cannot do without.
 *
 * Credentials of the caller never pass: neither their variables, nor their files, nor the instance's metadata service.
 * A function that needs some gets them in its own environment, as everything there wins.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html}
 */
export const environmentVariables = (
  target: CodeTarget,
  invocation: RunnerInvocation,
  own: { readonly runtimeApi: string; readonly logStreamName: string },
): Record<string, string> => {
  const region = invocation.invokedFunctionArn.split(":")[3] ?? "us-east-1";
  return {
    ...inherited(),
    TZ: ":UTC",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    ...invocation.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: executionEnvironment(target),
    AWS_LAMBDA_FUNCTION_NAME: invocation.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: invocation.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(invocation.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: invocation.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${invocation.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: own.logStreamName,
    AWS_LAMBDA_RUNTIME_API: own.runtimeApi,
    LAMBDA_TASK_ROOT: target.rootFolder,
    LAMBDA_RUNTIME_DIR: join(import.meta.dirname, "..", "bootstrap"),
    _HANDLER: handlerText(target),
  };
};

/** The handler as Lambda writes it, such as `src/app.handler`. */
const handlerText = ({ rootFolder, file, handlerExport }: CodeTarget): string => {
  const path = relative(rootFolder, file);
  return handlerExport === "" ? path : `${path.slice(0, path.length - extname(path).length)}.${handlerExport}`;
};

// NODE_OPTIONS, NODE_PATH and the like of the caller would change how the function runs: only these names pass.
const inherited = (): Record<string, string> => {
  const names = ["HOME", "LANG", "LC_ALL", "TMPDIR", "USER"];
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const path = [process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", dirname(process.execPath)];
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
};

const executionEnvironment = (target: CodeTarget): string => {
  switch (target.runtime) {
    case "nodejs":
      return `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`;
    case "python":
      return "AWS_Lambda_python3";
    case "provided":
      return "AWS_Lambda_provided";
  }
};
