import { BatchGetTracesCommand, type Trace } from "@aws-sdk/client-xray";
import type { TraceEvidence } from "../../core/production/production-metrics.ts";
import type { Warning } from "../../core/warning.ts";
import type { ObserveInput } from "../observing/observe-input.ts";
import { traceEvidence } from "../observing/trace-evidence.ts";
import { xrayClient } from "./clients.ts";
import { readFailure } from "./cloudwatch-errors.ts";

/** As many as X-Ray takes in one call. */
const tracesPerCall = 5;

/** Traces of this many calls are evidence enough. */
const mostTraces = 25;

/**
 * Reads the traces of the run's own invocations, where the target is traced.
 *
 * @returns Neither traces nor warnings for a target without active tracing.
 * @see {@link https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html}
 */
export const readTraces = async (
  { target, measurements }: ObserveInput,
  signal?: AbortSignal,
): Promise<{ readonly traces?: TraceEvidence; readonly warnings: readonly Warning[] }> => {
  const ids = oneOfEach(measurements.map(({ traceIds }) => traceIds ?? [])).slice(0, mostTraces);
  if (!target.tracing || ids.length === 0) return { warnings: [] };
  try {
    const documents = (await fetchTraces(ids, signal)).map(documentsOf);
    const traces = traceEvidence(documents, target.functionName);
    if (traces !== undefined) return { traces, warnings: [] };
    const reason =
      "they show no calls to other services; a function that is traced needs its clients instrumented too.";
    return { warnings: [{ kind: "traces-unavailable", reason }] };
  } catch (error) {
    signal?.throwIfAborted();
    return { warnings: [{ kind: "traces-unavailable", reason: readFailure(error, "xray:BatchGetTraces") }] };
  }
};

/** The first of every size, then the second: no size crowds the others out. */
const oneOfEach = (bySize: readonly (readonly string[])[]): readonly string[] => {
  const most = Math.max(0, ...bySize.map((ids) => ids.length));
  const inTurn = Array.from({ length: most }, (_, turn) => bySize.flatMap((ids) => ids[turn] ?? []));
  return [...new Set(inTurn.flat())];
};

const fetchTraces = async (ids: readonly string[], signal: AbortSignal | undefined): Promise<readonly Trace[]> => {
  const traces: Trace[] = [];
  for (let first = 0; first < ids.length; first += tracesPerCall) {
    const TraceIds = ids.slice(first, first + tracesPerCall);
    let token: string | undefined;
    do {
      const command = new BatchGetTracesCommand({ TraceIds, ...(token === undefined ? {} : { NextToken: token }) });
      const page = await xrayClient().send(command, signal === undefined ? {} : { abortSignal: signal });
      traces.push(...(page.Traces ?? []));
      token = page.NextToken;
    } while (token !== undefined);
  }
  return traces;
};

const documentsOf = ({ Segments }: Trace): readonly string[] =>
  (Segments ?? []).flatMap(({ Document }) => (Document === undefined ? [] : [Document]));
