if (process.env.CONFIGURATION === undefined) throw new RangeError("no configuration");

export const handler = async () => {};
