throw new Error("no DATABASE_URL in the environment");
export const handler = async () => {};
