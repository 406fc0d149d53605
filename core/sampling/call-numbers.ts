import type { Sample } from "../invocation/sample.ts";

/** The how manieth warm call of its lane each sample is, from 1. */
export const callNumbers = (samples: readonly Sample[]): number[] => {
  const seen = new Map<number, number>();
  return samples.map(({ lane }) => {
    const call = (seen.get(lane) ?? 0) + 1;
    seen.set(lane, call);
    return call;
  });
};
