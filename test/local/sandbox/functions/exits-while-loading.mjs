process.exit(7);

export const handler = async () => {};
