export const handler = async () => {};
throw new Error("no DATABASE_URL in the environment");
