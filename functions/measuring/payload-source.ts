import { z } from "zod";
import { PayloadError } from "../../core/errors/payload-error.ts";
import { payloadSequence } from "../../core/planning/payload-sequence.ts";
import { describeFaults } from "../../core/request/describe-faults.ts";
import { payloadForms, type PayloadsRequest, payloadsSchema, weightedPayloads } from "../../core/request/schema.ts";
import { readObject } from "../aws/read-object.ts";

/** One payload to send. */
export interface NextPayload {
  /** Index into the request's payloads. */
  readonly payload: number;
  /** JSON text. */
  readonly text: string;
}

/** The payload of an invocation, by its place in the sequence, from 0. */
export type PayloadSource = (place: number) => NextPayload;

/** What Lambda takes in a synchronous invocation. */
const longestPayloadBytes = 6 * 1024 * 1024;

/**
 * Prepares the payloads of a request, reading them from S3 when that is where they are.
 *
 * @throws {@link PayloadError} when they cannot be read, parsed or sent.
 */
export const payloadSource = async (payloads: PayloadsRequest, seed: number): Promise<PayloadSource> => {
  if (!("s3Uri" in payloads)) return inlineSource(payloads, seed);
  return inlineSource(payloadsIn(payloads.s3Uri, await readObject(payloads.s3Uri)), seed);
};

type InlinePayloads = Exclude<PayloadsRequest, { s3Uri: string }>;

const inlineSource = (payloads: InlinePayloads, seed: number): PayloadSource => {
  if ("weighted" in payloads) {
    const texts = payloads.weighted.map(({ payload }, index) => payloadText(payload, index));
    const sequence = payloadSequence(
      payloads.weighted.map(({ weight }) => weight),
      seed,
    );
    return (place) => at(texts, sequence(place));
  }
  const texts = ("inline" in payloads ? [payloads.inline] : payloads.perInvocation).map(payloadText);
  return (place) => at(texts, place % texts.length);
};

const at = (texts: readonly string[], payload: number): NextPayload => ({ payload, text: texts[payload] ?? "{}" });

const payloadText = (payload: unknown, index: number): string => {
  const text = JSON.stringify(payload);
  if (text.length > longestPayloadBytes || Buffer.byteLength(text) > longestPayloadBytes) {
    throw new PayloadError(
      `Payload ${index} has ${Buffer.byteLength(text)} bytes; Lambda takes at most ${longestPayloadBytes} in one invocation.`,
    );
  }
  return text;
};

/** The object holds one of the request's own forms, or one payload. */
const payloadsIn = (uri: string, text: string): InlinePayloads => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PayloadError(`The payloads at ${uri} are not JSON: ${String(error)}`, { cause: error });
  }
  const parsed = payloadsSchema.safeParse(value);
  if (parsed.success && !("s3Uri" in parsed.data)) return parsed.data;
  const faults = faultsOfForm(value);
  if (faults.length > 0) throw new PayloadError(`The payloads at ${uri} are not valid:${listed(faults)}`);
  return { inline: JSON.parse(text) };
};

/** What is wrong with a value that is meant as one of the forms; nothing is where it is one payload. */
const faultsOfForm = (value: unknown): readonly string[] => {
  const form = formMeant(value);
  if (form === undefined) return [];
  const schema = z.object({ payloads: form });
  const input = { payloads: value };
  const { error } = schema.safeParse(input);
  return error === undefined ? [] : describeFaults(error.issues, schema, input);
};

const formMeant = (value: unknown): z.ZodType | undefined => {
  if (Array.isArray(value)) return value.length > 0 && value.every(hasPayload) ? weightedPayloads : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const [key, ...others] = Object.keys(value);
  const form = Object.entries(payloadForms).find(([name]) => name === key);
  return others.length === 0 ? form?.[1] : undefined;
};

const hasPayload = (entry: unknown): boolean =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) && Object.hasOwn(entry, "payload");

/** A mistake made once is often made in every entry. */
const mostFaultsListed = 5;

const listed = (faults: readonly string[]): string => {
  const more = faults.length - mostFaultsListed;
  const lines = [...faults.slice(0, mostFaultsListed), ...(more > 0 ? [`And ${more} more.`] : [])];
  return lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  - ${line}`).join("");
};
