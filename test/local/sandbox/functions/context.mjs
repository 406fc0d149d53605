export const handler = async (event, context) => ({
  ...context,
  remainingMs: context.getRemainingTimeInMillis(),
});
