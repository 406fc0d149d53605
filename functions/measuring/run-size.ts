import { setTimeout as sleep } from "node:timers/promises";
import { sendMeasured } from "./send-measured.ts";
import { mayGoOn, type SizeRun, warmLeft } from "./size-run.ts";

/** Measures until the job is done, or something says stop: forced cold starts first, then the lanes. */
export const runSize = async (run: SizeRun): Promise<void> => {
  const { job, versions } = run.input;
  const [version, ...coldVersions] = versions
    .filter(({ memorySizeMb }) => memorySizeMb === job.memorySizeMb)
    .map((known) => known.version);
  if (version === undefined) throw new RangeError(`There is no version of ${job.memorySizeMb} MB to measure.`);
  await forceColdStarts(run, coldVersions);
  await settle(Array.from({ length: job.lanes }, async (_, lane) => runLane(run, version, lane)));
};

/** Each new version starts a new environment for each of the invocations it gets at once. */
const forceColdStarts = async (run: SizeRun, versions: readonly string[]): Promise<void> => {
  const { lanes } = run.input.job;
  for (const version of versions.slice(run.usedVersions)) {
    if (run.coldLeft === 0 || !mayGoOn(run)) return;
    const burst = Math.min(lanes, run.coldLeft);
    run.coldLeft -= burst;
    run.usedVersions += 1;
    await settle(
      Array.from({ length: burst }, async (_, lane) => sendMeasured(run, version, lane, run.payloads(lane))),
    );
  }
  run.coldLeft = 0;
};

/** One invocation after the other, until the size has its warm samples. */
const runLane = async (run: SizeRun, version: string, lane: number): Promise<void> => {
  // A continued job's environments are running already; a new one's first invocation is cold, as a rule.
  if (run.input.progress === undefined && mayGoOn(run)) {
    await sendMeasured(run, version, lane, run.payloads(lane));
    await pause(run);
  }
  while (warmLeft(run) > 0 && mayGoOn(run)) {
    await sendWarm(run, version, lane);
    await pause(run);
  }
};

const sendWarm = async (run: SizeRun, version: string, lane: number): Promise<void> => {
  const next = run.payloads(run.place);
  run.place += 1;
  run.warmInFlight += 1;
  try {
    await sendMeasured(run, version, lane, next);
  } finally {
    run.warmInFlight -= 1;
  }
};

/** Waits as long as the request wants between two invocations; a pause that we would not outlast is the end of our time. */
const pause = async ({ input, time, signal }: SizeRun): Promise<void> => {
  const { pauseMs } = input.request.sampling;
  if (pauseMs > 0 && time.mayWait(pauseMs)) await sleep(pauseMs, undefined, { signal });
};

/** Waits for all, then tells the first failure: no lane is left running behind a result. */
const settle = async (lanes: readonly Promise<void>[]): Promise<void> => {
  const results = await Promise.allSettled(lanes);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
};
