/** A function as it is registered with the endpoint. What is left out has Lambda's default. */
export interface FunctionDefinition {
  readonly functionName: string;
  /** Such as `nodejs24.x`. Default: `nodejs24.x`, or `provided.al2023` where a runner needs none. */
  readonly runtime?: string;
  /** Default: `index.handler`. */
  readonly handler?: string;
  /** Default: `x86_64`. */
  readonly architecture?: "x86_64" | "arm64";
  /** Default: 128. */
  readonly memorySizeMb?: number;
  /** Default: 3. */
  readonly timeoutSeconds?: number;
  /** Default: empty. */
  readonly description?: string;
  /** Environment variables. Default: none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: `Text`. */
  readonly logFormat?: "Text" | "JSON";
  /** Which platform records the log holds, with `logFormat: "JSON"`. Default: `INFO`. */
  readonly systemLogLevel?: "DEBUG" | "INFO" | "WARN";
  /** Default: `Zip`. */
  readonly packageType?: "Zip" | "Image";
  /** SHA-256 of the code in base64. Default: that of the function's name. */
  readonly codeSha256?: string;
  /** Bytes of the deployment package. Default: 1024. */
  readonly codeSizeBytes?: number;
  readonly role?: string;
  readonly snapStart?: "PublishedVersions" | "None";
  /** Default: `PassThrough`. */
  readonly tracing?: "Active" | "PassThrough";
  /** Size of /tmp in MB. Default: 512. */
  readonly ephemeralStorageMb?: number;
  /** Concurrent executions reserved for the function; 0 stops it. Absent: it shares the account's. */
  readonly reservedConcurrency?: number;
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  readonly kmsKeyArn?: string;
  readonly layers?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Services that may invoke the function, such as `apigateway.amazonaws.com`: its resource policy. Default: none. */
  readonly invokedBy?: readonly string[];
  /** What the function is fed from. Default: nothing. */
  readonly eventSources?: readonly EventSource[];
  /** `DurableConfig` of a durable function. */
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionPeriodDays?: number };
  /** `CapacityProviderConfig` of a function on Managed Instances. */
  readonly capacityProvider?: { readonly capacityProviderArn: string };
}

/** An event source mapping of a function. */
export interface EventSource {
  /** Such as `arn:aws:sqs:us-east-1:123456789012:jobs`. */
  readonly eventSourceArn: string;
  /** Version or alias that it feeds. Default: the function without a qualifier. */
  readonly qualifier?: string;
  /** Default: true. */
  readonly enabled?: boolean;
  /** How long a queue hides a message that is being worked on, in seconds. Default: 30. */
  readonly visibilityTimeoutSeconds?: number;
}
