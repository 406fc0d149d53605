import { GetExecutionHistoryCommand, type HistoryEvent, InvalidToken } from "@aws-sdk/client-sfn";
import { callingAws } from "../calling-aws.ts";
import type { AwsSession } from "./aws-session.ts";

/** What is new in a history. */
export interface NewEvents {
  readonly events: readonly HistoryEvent[];
  /** Whether the next page is there already. */
  readonly more: boolean;
}

const eventsPerPage = 500;

/**
 * Reads a history that is still being written.
 *
 * The API has no cursor for what is to come: the last page is read again until a next one exists, and events are told
 * apart by their ids.
 */
export class HistoryPages {
  readonly #session: AwsSession;
  readonly #executionArn: string;
  #pageToken: string | undefined;
  #lastId = 0;

  constructor(session: AwsSession, executionArn: string) {
    this.#session = session;
    this.#executionArn = executionArn;
  }

  async next(signal: AbortSignal): Promise<NewEvents> {
    const page = await this.#read(signal);
    const all = page.events ?? [];
    const events = all.filter(({ id = 0 }) => id > this.#lastId);
    this.#lastId = events.at(-1)?.id ?? this.#lastId;
    this.#pageToken = page.nextToken ?? this.#pageToken;
    return { events, more: page.nextToken !== undefined && all.length > 0 };
  }

  async #read(signal: AbortSignal) {
    const { settings, stepFunctions } = this.#session;
    const read = async () =>
      callingAws(settings, "states:GetExecutionHistory", this.#executionArn, () =>
        stepFunctions.send(
          new GetExecutionHistoryCommand({
            executionArn: this.#executionArn,
            maxResults: eventsPerPage,
            nextToken: this.#pageToken,
          }),
          { abortSignal: signal },
        ),
      );
    try {
      return await read();
    } catch (error) {
      // Tokens last a day. From the start again: ids tell what was seen.
      if (!(error instanceof InvalidToken) || this.#pageToken === undefined) throw error;
      this.#pageToken = undefined;
      return await read();
    }
  }
}
