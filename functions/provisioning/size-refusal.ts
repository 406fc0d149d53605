import { isApiError } from "../aws/lambda-errors.ts";

/**
 * Why Lambda refuses a memory size, when that is what an error says: the account's quota, mostly.
 *
 * Such a size is a finding. Other validation errors are about something else than the size and end the run.
 */
export const sizeRefusal = (error: unknown): string | undefined => {
  if (!isApiError(error, "ValidationException", "InvalidParameterValueException") || !(error instanceof Error)) {
    return undefined;
  }
  return /memory/i.test(error.message) ? error.message : undefined;
};
