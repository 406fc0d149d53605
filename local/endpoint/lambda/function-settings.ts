import { z } from "zod";
import { ApiError } from "../http/api-error.ts";

const member = z.record(z.string(), z.unknown());

const settingsSchema = z.looseObject({
  Description: z.string().optional(),
  Handler: z.string().optional(),
  Runtime: z.string().optional(),
  Role: z.string().optional(),
  MemorySize: z.number().optional(),
  Timeout: z.number().optional(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  LoggingConfig: z
    .looseObject({
      LogFormat: z.enum(["Text", "JSON"]).optional(),
      ApplicationLogLevel: z.string().optional(),
      SystemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
      LogGroup: z.string().optional(),
    })
    .optional(),
  EphemeralStorage: z.looseObject({ Size: z.number() }).optional(),
  SnapStart: z.looseObject({ ApplyOn: z.enum(["PublishedVersions", "None"]).optional() }).optional(),
  TracingConfig: z.looseObject({ Mode: z.enum(["Active", "PassThrough"]).optional() }).optional(),
  VpcConfig: member.optional(),
  DeadLetterConfig: member.optional(),
  ImageConfig: member.optional(),
  KMSKeyArn: z.string().optional(),
  Layers: z.array(z.string()).optional(),
  FileSystemConfigs: z.array(member).optional(),
  DurableConfig: member.optional(),
  CapacityProviderConfig: member.optional(),
});

/** Input of `UpdateFunctionConfiguration`. Settings that the endpoint does not know are kept as they came. */
export const settingsUpdateSchema = settingsSchema.extend({ RevisionId: z.string().optional() });
export type SettingsUpdate = z.output<typeof settingsUpdateSchema>;

/** Every setting of a function, by its name on the wire. */
export type FunctionSettings = z.output<typeof settingsSchema> & {
  readonly Description: string;
  readonly MemorySize: number;
  readonly Timeout: number;
};

/**
 * The settings after an update. Members that the update does not name stay as they are; each member that it names
 * is replaced as a whole, as Lambda does (an update of `Environment` replaces all variables).
 *
 * @param accountMaxMemoryMb - The account's quota, at most 10,240.
 * @throws {@link ApiError} in Lambda's words for values out of range.
 */
export const applySettingsUpdate = (
  current: FunctionSettings,
  update: SettingsUpdate,
  accountMaxMemoryMb: number,
): FunctionSettings => {
  checkRange("memorySize", update.MemorySize, 128, 10_240);
  checkRange("timeout", update.Timeout, 1, 900);
  checkRange("ephemeralStorage.size", update.EphemeralStorage?.Size, 512, 10_240);
  checkMemoryQuota(update.MemorySize, accountMaxMemoryMb);
  const { RevisionId: _condition, ...changes } = update;
  return { ...current, ...defined<FunctionSettings>(changes) };
};

const checkRange = (name: string, value: number | undefined, least: number, most: number): void => {
  if (value === undefined || (value >= least && value <= most)) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new ApiError(
    400,
    "ValidationException",
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  );
};

/** Accounts under a lower quota are told so in other words than everybody is above 10,240 MB. */
const checkMemoryQuota = (memoryMb: number | undefined, accountMaxMemoryMb: number): void => {
  if (memoryMb === undefined || memoryMb <= accountMaxMemoryMb) return;
  throw new ApiError(
    400,
    "ValidationException",
    `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${accountMaxMemoryMb}`,
  );
};

const defined = <Settings extends object>(members: object): Partial<Settings> =>
  // `fromEntries` forgets the types; the members are settings, as the schema parsed them.
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Settings>;
