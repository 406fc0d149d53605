import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Real processes under real quotas meet a shared machine's worst moments; a second failure is a defect.
    retry: process.env["CI"] === undefined ? 0 : 1,
  },
});
