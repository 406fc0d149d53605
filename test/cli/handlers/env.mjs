export const handler = async () => {
  if (process.env.STAGE !== "test") throw new Error(`STAGE is ${process.env.STAGE}`);
};
export const other = async () => "other";
