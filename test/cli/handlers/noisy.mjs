export const handler = async () => {
  process.stdout.write("x".repeat(10 * 1024 * 1024));
  setInterval(() => {}, 1000);
  process.on("SIGTERM", () => {});
};
