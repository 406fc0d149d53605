import { paginateGetExecutionHistory } from "@aws-sdk/client-sfn";
import { stepFunctionsClient } from "./clients.ts";

/** As many events as Step Functions gives in one page. */
const eventsPerPage = 1000;

/**
 * The types of all events of an execution so far, oldest first, without the data that passed between its states.
 *
 * @throws The client's error when a page fails for good.
 * @see {@link https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html}
 */
export const readEventTypes = async (executionArn: string, signal?: AbortSignal): Promise<readonly string[]> => {
  const pages = paginateGetExecutionHistory(
    { client: stepFunctionsClient(), pageSize: eventsPerPage },
    { executionArn, includeExecutionData: false },
    signal === undefined ? {} : { abortSignal: signal },
  );
  const types: string[] = [];
  for await (const { events = [] } of pages) types.push(...events.flatMap(({ type }) => type ?? []));
  return types;
};
