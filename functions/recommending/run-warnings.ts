import { observationSchema, type Observation } from "../../core/production/production-metrics.ts";
import type { Restoration } from "../../core/report/schema.ts";
import type { Warning } from "../../core/warning.ts";
import type { ExecutionState } from "../execution-state.ts";
import { snapStartWarnings } from "../planning/snapstart-warning.ts";
import { unreadableTail } from "../measuring/read-invocation.ts";

/** Warnings that only the finished run can give; those about sizes and prices are the report's own. */
export const runWarnings = (state: ExecutionState, restoration: Restoration): Warning[] => [
  ...unreadableTails(state),
  ...cappedSizes(state),
  ...snapStartWarnings(state.target, state.versions.length),
  ...(state.observationFailure === undefined
    ? []
    : [{ kind: "production-data-failed" as const, reason: state.observationFailure.Error }]),
  ...changes(restoration),
  ...releases(restoration),
];

/** What Observe found, when it is what it should be. */
export const observationOf = (state: ExecutionState): { observation?: Observation; warnings: Warning[] } => {
  if (state.observation === undefined) return { warnings: [] };
  const parsed = observationSchema.safeParse(state.observation);
  if (parsed.success) return { observation: parsed.data, warnings: [] };
  return { warnings: [{ kind: "production-data-failed", reason: "what was read of it is not as expected." }] };
};

const unreadableTails = ({ measurements }: ExecutionState): Warning[] =>
  measurements.flatMap(({ memorySizeMb, errors }) => {
    const count = errors.find(({ type }) => type === unreadableTail)?.count;
    return count === undefined ? [] : [{ kind: "tails-unreadable" as const, memorySizeMb, count }];
  });

const cappedSizes = ({ cappedAtMb, measurements }: ExecutionState): Warning[] => {
  if (cappedAtMb === undefined) return [];
  const sizesMb = measurements.map(({ memorySizeMb }) => memorySizeMb).filter((mb) => mb > cappedAtMb);
  return sizesMb.length === 0 ? [] : [{ kind: "sizes-capped", sizesMb, cappedAtMb }];
};

/** A difference that is not ours: what is ours would stand among the leftovers. */
const changes = ({ before, after, equal, leftovers }: Restoration): Warning[] => {
  if (equal || after === undefined || leftovers.length > 0) return [];
  const what = comparedWords.filter(([name]) => before[name] !== after[name]).map(([, word]) => word);
  return [{ kind: "target-changed", what }];
};

const releases = ({ before, after = before, inheritedVersions: versions }: Restoration): Warning[] =>
  versions === undefined ? [] : [{ kind: "released-at-trial-size", versions, memorySizeMb: after.memorySizeMb }];

const comparedWords = [
  ["memorySizeMb", "memory"],
  ["timeoutSeconds", "timeout"],
  ["description", "description"],
  ["codeSha256", "code"],
  ["settingsSha256", "other settings"],
] as const;
