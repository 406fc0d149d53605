import { setTimeout as sleep } from "node:timers/promises";
import { sendMeasured } from "./send-measured.ts";
import { mayGoOn, type SizeRun, warmLeft } from "./size-run.ts";

/**
 * Measures until the job is done, or something says stop: forced cold starts first, then the lanes.
 *
 * Where the size's spend is limited, one invocation goes before all: it shows how many may be sent at once.
 */
export const runSize = async (run: SizeRun): Promise<void> => {
  const { job, versions, limits } = run.input;
  const [version, ...coldVersions] = versions
    .filter(({ memorySizeMb }) => memorySizeMb === job.memorySizeMb)
    .map((known) => known.version);
  if (version === undefined) throw new RangeError(`There is no version of ${job.memorySizeMb} MB to measure.`);
  // A continued job's environments are running already.
  let running = run.input.progress === undefined ? 0 : job.lanes;
  if (limits.usd !== undefined && running === 0 && mayGoOn(run, "cold")) {
    await startLane(run, version, 0);
    running = 1;
  }
  await forceColdStarts(run, coldVersions);
  await settle(Array.from({ length: job.lanes }, async (_, lane) => runLane(run, version, lane, lane < running)));
};

/** Each new version starts a new environment for each of the invocations it gets at once. */
const forceColdStarts = async (run: SizeRun, versions: readonly string[]): Promise<void> => {
  const { lanes } = run.input.job;
  for (const version of versions.slice(run.usedVersions)) {
    if (run.coldLeft === 0 || !mayGoOn(run, "cold")) return;
    const burst = Math.min(lanes, run.coldLeft, run.spending.affordable("cold"));
    run.coldLeft -= burst;
    run.usedVersions += 1;
    await settle(Array.from({ length: burst }, async (_, lane) => sendCold(run, version, lane)));
  }
  run.coldLeft = 0;
};

/** One invocation after the other, until the size has its warm samples. */
const runLane = async (run: SizeRun, version: string, lane: number, isRunning: boolean): Promise<void> => {
  if (!isRunning) {
    if (!mayGoOn(run, "cold")) return;
    await startLane(run, version, lane);
  }
  while (warmLeft(run) > 0 && mayGoOn(run, "warm")) {
    await sendWarm(run, version, lane);
    await pause(run);
  }
};

/** A lane's first invocation is cold, as a rule. */
const startLane = async (run: SizeRun, version: string, lane: number): Promise<void> => {
  await sendCold(run, version, lane);
  await pause(run);
};

const sendCold = async (run: SizeRun, version: string, lane: number): Promise<void> =>
  run.spending.during("cold", async () => sendMeasured(run, version, lane, run.payloads(lane)));

const sendWarm = async (run: SizeRun, version: string, lane: number): Promise<void> => {
  const next = run.payloads(run.place);
  run.place += 1;
  run.warmInFlight += 1;
  try {
    await run.spending.during("warm", async () => sendMeasured(run, version, lane, next));
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
