import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import { isJsonObject } from "../../flags/json-object.ts";
import type { AwsSession } from "./aws-session.ts";
import { HistoryReader, isEnd } from "./history-events.ts";
import { HistoryPages } from "./history-pages.ts";

/** What a stopped run was about: a function that it may have touched, none yet, or what could not be read. */
export type StoppedTarget =
  | { readonly kind: "planned"; readonly functionArn: string }
  | { readonly kind: "untouched" }
  | { readonly kind: "unknown" };

/** The function that an event says the run is about; nothing of it is changed before that. */
export const plannedFunction = (event: HostEvent): string | undefined => {
  if (event.kind !== "state-exited" || event.state.name !== "Plan" || !isJsonObject(event.output)) return undefined;
  const { target } = event.output;
  return isJsonObject(target) && typeof target["functionArn"] === "string" ? target["functionArn"] : undefined;
};

const patienceMs = 15_000;

/** Reads the history of a stopped run from its start. Only one that tells of its end shows that nothing was touched. */
export const stoppedTarget = async (session: AwsSession, executionArn: string): Promise<StoppedTarget> => {
  const pages = new HistoryPages(session, executionArn);
  const reader = new HistoryReader();
  const signal = AbortSignal.timeout(patienceMs);
  try {
    for (;;) {
      const { events, more } = await pages.next(signal);
      for (const event of events) {
        const told = reader.read(event);
        const functionArn = told === undefined ? undefined : plannedFunction(told);
        if (functionArn !== undefined) return { kind: "planned", functionArn };
      }
      if (events.some(isEnd)) return { kind: "untouched" };
      if (!more) return { kind: "unknown" };
    }
  } catch {
    // Whatever keeps the history from being read, the run has been stopped.
    return { kind: "unknown" };
  }
};
