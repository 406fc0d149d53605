import type { EventSource } from "../function-definition.ts";
import type { FunctionRunner } from "../function-runner.ts";
import type { FunctionSettings } from "./function-settings.ts";

/** What a deployment package is, apart from its bytes. */
export interface CodeRecord {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly packageType: "Zip" | "Image";
  readonly architecture: "x86_64" | "arm64";
}

/** Code and settings that an invocation runs with. */
export interface Deployment {
  readonly settings: FunctionSettings;
  readonly code: CodeRecord;
}

/** `$LATEST`: what updates change. */
export interface LatestRecord extends Deployment {
  readonly revisionId: string;
  readonly lastModifiedMs: number;
  /** Until then `LastUpdateStatus` is `InProgress` and invocations still run {@link LatestRecord.serving}. */
  readonly updatedAtMs: number;
  /** What invocations ran with before the update. */
  readonly serving: Deployment;
}

/** A published version: immutable. */
export interface VersionRecord extends Deployment {
  /** A whole number from 1, as text. */
  readonly version: string;
  readonly revisionId: string;
  readonly lastModifiedMs: number;
  /** Until then its `State` is `Pending`. */
  readonly activeAtMs: number;
  /** `$LATEST` as it was published: publishing the same again yields this version. */
  readonly publishedFrom: string;
}

/** A name for a version, or for two of them by weight. */
export interface AliasRecord {
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  readonly revisionId: string;
  /** Share of invocations that goes to another version, 0 to 1. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>;
}

/** Provisioned concurrency of a version or alias. */
export interface ProvisionedConcurrencyRecord {
  readonly qualifier: string;
  readonly requested: number;
  readonly lastModifiedMs: number;
  readonly readyAtMs: number;
}

/** One function of the account. Its parts are replaced, never changed in place. */
export interface FunctionRecord {
  readonly name: string;
  /** Unqualified ARN. */
  readonly arn: string;
  readonly runner: FunctionRunner;
  latest: LatestRecord;
  /** What the environments of `$LATEST` were started with: they end when it changes. */
  environmentsOf: Deployment | undefined;
  readonly versions: Map<string, VersionRecord>;
  readonly aliases: Map<string, AliasRecord>;
  readonly provisioned: Map<string, ProvisionedConcurrencyRecord>;
  readonly tags: Map<string, string>;
  /** Service principals of its resource policy. */
  readonly invokedBy: string[];
  readonly eventSources: EventSource[];
  /** Numbers are never given twice, not even after a version is deleted. */
  nextVersion: number;
  reservedConcurrency: number | undefined;
  /** Invocations under way, by executed version. */
  readonly inFlight: Map<string, number>;
}
