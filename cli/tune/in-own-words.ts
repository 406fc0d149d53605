import { TunerError } from "../../core/errors/tuner-error.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { SeenInRun } from "./run-local.ts";

/**
 * A failure of a local run in the words of the person who started it: with the target as they typed it, where the
 * functions, which know no difference, name the ARN that the local endpoint made up.
 */
export const inOwnWords = (error: unknown, typed: string, run: PreparedRun, seen: SeenInRun): unknown => {
  if (!(error instanceof TunerError)) return error;
  error.message = `${error.message.replaceAll(localArn(run.functionName), typed)}${hint(error, run, seen)}`;
  return error;
};

/** With a version behind it or not. */
const localArn = (functionName: string): RegExp =>
  new RegExp(String.raw`arn:aws:lambda:[a-z0-9-]+:\d{12}:function:${functionName}(?::(?:\d+|\$LATEST))?(?![\w-])`, "g");

/** What most often helps a handler that fails whatever its size: more time, or another event than the empty one. */
const hint = ({ name, message }: TunerError, { request }: PreparedRun, { hasStarted }: SeenInRun): string => {
  if (name !== "Tuner.AllSizesFailed") return "";
  const stop = /[.!?]$/.test(message) ? "" : ".";
  if (/ Sandbox\.Timedout: /.test(message)) return `${stop} --current-timeout <s> lets it run longer.`;
  // Errors of the platform, of a processor and while loading are not about what the event holds.
  if (
    !hasStarted ||
    / (?:Runtime|Function|Tuner)\.\w+: /.test(message) ||
    JSON.stringify(request.payloads) !== '{"inline":{}}'
  )
    return "";
  return `${stop} If it needs an event, give one with --payload @event.json: it got {}.`;
};
