import { PayloadError } from "../../core/errors/payload-error.ts";
import { payloadSequence } from "../../core/planning/payload-sequence.ts";
import { type PayloadsRequest, payloadsSchema } from "../../core/request/schema.ts";
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
  return { inline: JSON.parse(text) };
};
