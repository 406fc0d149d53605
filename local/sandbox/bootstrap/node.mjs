// The Node.js runtime of an execution environment: asks the Runtime API for events and hands them to the handler.
// Plain JavaScript without dependencies, as it is started for every cold start.
// Usage: node node.mjs <file> <export> <original file>
import { writeSync } from "node:fs";
import { registerHooks } from "node:module";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { formatWithOptions } from "node:util";

// Not by import: that would evaluate all exports, and one of them loads a WebSocket client for longer than all the rest.
const { Agent, request: httpRequest } = process.getBuiltinModule("node:http");

const [file, handlerName, sourceFile] = process.argv.slice(2);
process.argv.length = 2;
const { env } = process;
const [hostname, port] = env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");

/** The event being handled: its id, and what to do when nothing is left that could still settle it. */
let current;

const main = async () => {
  patchConsole();
  globalThis.awslambda = { streamifyResponse, HttpResponseStream: { from: withPrelude } };
  process.on("uncaughtException", (error) => die(error, errorName(error)));
  process.on("unhandledRejection", (reason) => die(reason, "Runtime.UnhandledPromiseRejection"));
  process.on("beforeExit", () => current?.settleUnfinished());
  const handler = await load();
  for (;;) await handleNext(handler);
};

// --- Events -------------------------------------------------------------------------------------------------------

const handleNext = async (handler) => {
  const { headers, body } = await call("GET", "invocation/next");
  const requestId = headers["lambda-runtime-aws-request-id"];
  env["_X_AMZN_TRACE_ID"] = headers["lambda-runtime-trace-id"];
  current = { requestId, settleUnfinished: () => {} };
  const context = contextOf(headers);
  try {
    const event = JSON.parse(body.toString("utf8"));
    if (handler[streaming]) await handleStreaming(handler, event, context);
    else await post(`invocation/${requestId}/response`, serialize(await settle(handler, event, context)));
  } catch (error) {
    await reportError(`invocation/${requestId}/error`, error, errorName(error), "Invoke Error");
  }
  current = undefined;
};

/** Calls a handler of any of the three kinds: async, callback, or plain. */
const settle = (handler, event, context) =>
  new Promise((resolve, reject) => {
    // A callback's result waits until the event loop is empty, unless the handler says that it need not.
    const callback = (error, result) => {
      const finish = () => (error ? reject(error) : resolve(result));
      if (!context.callbackWaitsForEmptyEventLoop) finish();
      else current.settleUnfinished = finish;
    };
    context.done = callback;
    context.succeed = (result) => callback(undefined, result);
    context.fail = (error) => callback(error ?? "handled");
    current.settleUnfinished = () => resolve(null);
    const returned = handler(event, context, callback);
    if (typeof returned?.then === "function") {
      current.settleUnfinished = () => reject(neverSettled());
      returned.then(resolve, reject);
    } else if (returned !== undefined) {
      resolve(returned);
    }
  });

const handleStreaming = async (handler, event, context) => {
  const stream = new PassThrough();
  stream.setContentType = (type) => (stream.contentType = type);
  const response = call("POST", `invocation/${current.requestId}/response`, stream, {
    "Lambda-Runtime-Function-Response-Mode": "streaming",
    "Transfer-Encoding": "chunked",
    Trailer: "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
  });
  const ended = new Promise((resolve) => stream.once("finish", resolve));
  const unfinished = new Promise((_, reject) => (current.settleUnfinished = () => reject(neverSettled())));
  try {
    await Promise.race([handler(event, stream, context), unfinished]);
    await Promise.race([ended, unfinished]);
  } catch (error) {
    log("ERROR", ["Invoke Error", error]);
    stream.failure = error;
    stream.end();
  }
  await response;
};

const contextOf = (headers) => {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
};

const serialize = (result) => {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch (error) {
    const failure = new Error(`Unable to stringify response body: ${error.message}`);
    failure.name = "Runtime.MarshalError";
    throw failure;
  }
};

// --- Loading ------------------------------------------------------------------------------------------------------

const load = async () => {
  try {
    if (file !== sourceFile) resolveFromSource();
    return find(await import(pathToFileURL(file)));
  } catch (error) {
    await reportError("init/error", error, initErrorName(error), "Uncaught Exception");
    process.exit(1);
  }
};

/** A bundle stands in a folder of its own; the packages that it imports are those of the file it was made from. */
const resolveFromSource = () => {
  const bundle = pathToFileURL(file).href;
  const parentURL = pathToFileURL(sourceFile).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, context.parentURL === bundle ? { ...context, parentURL } : context),
  });
};

const find = (module) => {
  const inside = (root) => handlerName.split(".").reduce((value, key) => value?.[key], root);
  const handler = inside(module) ?? inside(module.default);
  if (typeof handler === "function") return handler;
  const names = Object.keys(module).filter((name) => name !== "default" && name !== "module.exports");
  const failure = new Error(
    handler === undefined
      ? `${handlerName} is undefined or not exported. The module exports: ${names.join(", ") || "nothing"}`
      : `${handlerName} is not a function`,
  );
  failure.name = handler === undefined ? "Runtime.HandlerNotFound" : "Runtime.MalformedHandlerName";
  throw failure;
};

const streamifyResponse = (handler) => {
  handler[streaming] = "response";
  return handler;
};

/** The prelude of an HTTP response, as function URLs expect it: metadata, eight zero bytes, then the body. */
const withPrelude = (stream, metadata) => {
  stream.setContentType?.("application/vnd.awslambda.http-integration-response");
  stream.write(JSON.stringify(metadata));
  stream.write(Buffer.alloc(8));
  return stream;
};

// --- Errors -------------------------------------------------------------------------------------------------------

const errorName = (error) => (error instanceof Error ? error.name : typeof error);

const initErrorName = (error) => {
  if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") return "Runtime.ImportModuleError";
  return error instanceof SyntaxError ? "Runtime.UserCodeSyntaxError" : errorName(error);
};

const neverSettled = () => {
  const failure = new Error(
    "The event loop is empty, but the handler has not answered. Most often a Promise was never settled.",
  );
  failure.name = "Runtime.NodeJsExit";
  return failure;
};

const reportError = async (path, error, errorType, title) => {
  const document = errorDocument(error, errorType);
  log("ERROR", [title, JSON.stringify(document)]);
  await post(path, JSON.stringify(document), { "Lambda-Runtime-Function-Error-Type": headerText(errorType) });
};

const errorDocument = (error, errorType) =>
  error instanceof Error
    ? { errorType, errorMessage: error.message, trace: (error.stack ?? "").split("\n") }
    : { errorType, errorMessage: typeof error === "string" ? error : formatWithOptions({}, error), trace: [] };

/** What is left after an error that nobody caught: say so, and end. */
const die = async (error, errorType) => {
  const path = current === undefined ? "init/error" : `invocation/${current.requestId}/error`;
  try {
    await reportError(path, error, errorType, "Uncaught Exception");
  } finally {
    process.exit(129);
  }
};

const headerText = (text) => text.replaceAll(/[^\x20-\x7e]/g, "?");

// --- Runtime API --------------------------------------------------------------------------------------------------

const post = (path, body, headers) => call("POST", path, body, { "Content-Type": "application/json", ...headers });

const call = (method, path, body, headers = {}) =>
  new Promise((resolve) => {
    const streamed = body instanceof PassThrough;
    if (body !== undefined && !streamed) headers["Content-Length"] = Buffer.byteLength(body);
    const request = httpRequest({ agent, hostname, port, method, path: `/2018-06-01/runtime/${path}`, headers });
    // Without its API an environment has no reason to live: who started it is gone.
    request.once("error", () => process.exit(1));
    request.once("response", (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.once("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    });
    if (streamed) pipeWithTrailers(body, request);
    else request.end(body);
  });

const pipeWithTrailers = (stream, request) => {
  stream.on("data", (chunk) => {
    if (!request.write(chunk)) {
      stream.pause();
      request.once("drain", () => stream.resume());
    }
  });
  stream.once("end", () => {
    if ("failure" in stream) {
      const errorType = errorName(stream.failure);
      const document = JSON.stringify(errorDocument(stream.failure, errorType));
      request.addTrailers({
        "Lambda-Runtime-Function-Error-Type": headerText(errorType),
        "Lambda-Runtime-Function-Error-Body": Buffer.from(document).toString("base64"),
      });
    }
    request.end();
  });
};

// --- Log ----------------------------------------------------------------------------------------------------------

const patchConsole = () => {
  for (const [method, level] of Object.entries({
    trace: "TRACE",
    debug: "DEBUG",
    log: "INFO",
    info: "INFO",
    warn: "WARN",
    error: "ERROR",
  })) {
    console[method] = (...values) => log(level, values);
  }
};

const log = (level, values) => {
  const timestamp = new Date().toISOString();
  const message = formatWithOptions({}, ...values);
  const requestId = current?.requestId;
  if (env.AWS_LAMBDA_LOG_FORMAT === "JSON") {
    write(`${JSON.stringify({ timestamp, level, requestId, message })}\n`);
  } else {
    // One event is one record: line ends inside it become carriage returns, as in Lambda.
    write(`${timestamp}\t${requestId ?? "undefined"}\t${level}\t${message.replaceAll("\n", "\r")}\n`);
  }
};

/**
 * Writes at once: what process.stdout takes is written later when the reader is slow, and lost when the process exits.
 */
const write = (text) => {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
};

await main();
