/** What a description says about the run that wrote it. */
export interface RunMarker {
  readonly runId: string;
  readonly memorySizeMb: number;
}

/**
 * Description that `$LATEST` carries while a version of one size is being published from it.
 *
 * It differs from the version's own: a version that somebody else publishes in that moment inherits this one, and must
 * not be taken for ours. The number makes two versions of one size differ, since Lambda publishes nothing unchanged.
 *
 * @param runId - The execution's name; it holds neither spaces nor colons.
 * @param memorySizeMb - The size being provisioned, in MB.
 * @param number - Which version of this size, from 1.
 *
 * @example
 * ```ts
 * latestDescription("run-1", 512, 1); // => "lambda-tuner run run-1: preparing 512 MB, version 1"
 * ```
 */
export const latestDescription = (runId: string, memorySizeMb: number, number: number): string =>
  `lambda-tuner run ${runId}: preparing ${memorySizeMb} MB, version ${number}`;

/**
 * Description of a version that a run published, by which it is found again even when the run's own records are lost.
 *
 * @example
 * ```ts
 * versionDescription("run-1", 512, 1); // => "lambda-tuner run run-1: measured at 512 MB, version 1"
 * ```
 */
export const versionDescription = (runId: string, memorySizeMb: number, number: number): string =>
  `lambda-tuner run ${runId}: measured at ${memorySizeMb} MB, version ${number}`;

/**
 * The run that left its mark on `$LATEST`, when one did.
 *
 * @example
 * ```ts
 * latestMarker("lambda-tuner run run-1: preparing 512 MB, version 1"); // => { runId: "run-1", memorySizeMb: 512 }
 * ```
 */
export const latestMarker = (description: string): RunMarker | undefined => marker(description, "preparing");

/** The run that published a version, when one did. */
export const versionMarker = (description: string): RunMarker | undefined => marker(description, "measured at");

const marker = (description: string, doing: string): RunMarker | undefined => {
  const found = /^lambda-tuner run ([^\s:]+): ([a-z ]+?) (\d+) MB, version \d+$/.exec(description);
  const [, runId, what, memorySizeMb] = found ?? [];
  return runId === undefined || what !== doing ? undefined : { runId, memorySizeMb: Number(memorySizeMb) };
};
