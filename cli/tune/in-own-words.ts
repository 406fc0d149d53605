import { TunerError } from "../../core/errors/tuner-error.ts";
import type { PreparedRun } from "./prepare-run.ts";

/**
 * A failure of a local run in the words of the person who started it: with the target as they typed it, where the
 * functions, which know no difference, name the ARN that the local endpoint made up.
 */
export const inOwnWords = (error: unknown, typed: string, run: PreparedRun): unknown => {
  if (!(error instanceof TunerError)) return error;
  error.message = `${error.message.replaceAll(localArn(run.functionName), typed)}${hint(error, run)}`;
  return error;
};

/** With a version behind it or not. */
const localArn = (functionName: string): RegExp =>
  new RegExp(String.raw`arn:aws:lambda:[a-z0-9-]+:\d{12}:function:${functionName}(?::(?:\d+|\$LATEST))?(?![\w-])`, "g");

/** A handler that fails whatever its size most often wants another event than the empty one. */
const hint = ({ name, message }: TunerError, { request }: PreparedRun): string => {
  if (name !== "Tuner.AllSizesFailed" || JSON.stringify(request.payloads) !== '{"inline":{}}') return "";
  return `${/[.!?]$/.test(message) ? "" : "."} If it needs an event, give one with --payload @event.json: it got {}.`;
};
