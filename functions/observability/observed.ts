import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { tunerMetrics, tunerMetricsNamespace } from "../../core/run/tuner-metrics.ts";
import type { HandlerContext } from "../handler-context.ts";
import type { Reading, Readings } from "./reading.ts";
import { runIdOf } from "./run-id-of.ts";

/** A handler of ours, whatever it answers. */
export type Handler = (event: unknown, context: HandlerContext) => Promise<unknown>;

/**
 * A handler as it is deployed: its log in structured JSON, correlated by the run's id, and its metrics in the log.
 *
 * Only the entry of a bundle wraps a handler. The embedded engine calls handlers as they are: its standard output belongs
 * to the command line. Neither events nor answers are logged: they hold the user's payloads.
 *
 * @param readingsOf - What a call says about runs. Default: nothing.
 */
export const observed = (name: string, handler: Handler, readingsOf: Readings = () => []): Handler => {
  // The service's name comes from POWERTOOLS_SERVICE_NAME.
  const logger = new Logger({ persistentKeys: { function: name } });
  const metrics = new Metrics({ namespace: tunerMetricsNamespace });
  /** A metric must not fail a run. */
  const publishAll = (read: () => readonly Reading[]): void => {
    try {
      publish(metrics, read());
    } catch (error) {
      logger.warn("metrics were not published", { error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return async (event, context) => {
    const runId = runIdOf(event);
    if (runId !== undefined) logger.setCorrelationId(runId);
    logger.appendKeys({ request_id: context.awsRequestId });
    const startedAt = performance.now();
    const elapsed = (): { durationMs: number } => ({ durationMs: Math.round(performance.now() - startedAt) });
    try {
      const answer = await handler(event, context);
      logger.info("finished", elapsed());
      publishAll(() => readingsOf(event, answer));
      return answer;
    } catch (error) {
      logger.error("failed", { ...elapsed(), error: error instanceof Error ? error : new Error(String(error)) });
      publishAll(() => readingsOfFailure(error));
      throw error;
    } finally {
      logger.resetKeys();
    }
  };
};

/** What a failed function says about runs. */
const readingsOfFailure = (error: unknown): readonly Reading[] =>
  error instanceof Error && error.name === "Tuner.RestoreFailed" ? [{ metric: "restoreFailures", value: 1 }] : [];

const publish = (metrics: Metrics, readings: readonly Reading[]): void => {
  for (const { metric, value, functionName } of readings) {
    const name = tunerMetrics[metric];
    if (functionName === undefined) {
      metrics.addMetric(name, unitOf(name), value);
      continue;
    }
    // A record of its own: its dimensions must not become those of the others.
    const single = metrics.singleMetric();
    single.addDimension("functionName", functionName);
    single.addMetric(name, unitOf(name), value);
  }
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

const unitOf = (name: string) =>
  name.endsWith("Mb") ? MetricUnit.Megabytes : name.endsWith("Usd") ? MetricUnit.NoUnit : MetricUnit.Count;
