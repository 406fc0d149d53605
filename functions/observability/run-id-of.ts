import { z } from "zod";

const id = z.string().min(1);

/** Where each kind of event names its run. */
const places = [
  z.looseObject({ run: z.looseObject({ id }) }).transform(({ run }) => run.id),
  z.looseObject({ execution: z.looseObject({ id }) }).transform(({ execution }) => execution.id),
  z.looseObject({ detail: z.looseObject({ name: id }) }).transform(({ detail }) => detail.name),
  z.looseObject({ restore: z.looseObject({ runId: id }) }).transform(({ restore }) => restore.runId),
  z
    .looseObject({ expiredLock: z.looseObject({ runId: z.looseObject({ S: id }) }) })
    .transform(({ expiredLock }) => expiredLock.runId.S),
] as const;

/** The run that a function is called for; absent when it is called for none, as the daily sweep is. */
export const runIdOf = (event: unknown): string | undefined => {
  const found = places.map((place) => place.safeParse(event)).find(({ success }) => success);
  return found?.data;
};
