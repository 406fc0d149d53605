import { expect, it } from "vitest";
import { CpuShares } from "../../../local/sandbox/cpu-shares.ts";

const never = new AbortController().signal;

/** Lets everything run that is ready to. */
const settle = () => new Promise(setImmediate);

it("grants what is free at once", async () => {
  const shares = new CpuShares(3538);
  await shares.acquire(1769, never);
  await shares.acquire(1000, never);
  expect(shares.heldMb).toBe(2769);
});

it("lets a share wait until enough is given back", async () => {
  const shares = new CpuShares(1000);
  const first = await shares.acquire(800, never);
  const granted: string[] = [];
  void shares.acquire(300, never).then(() => granted.push("second"));
  await settle();
  expect(granted).toEqual([]);
  first.release();
  await settle();
  expect(granted).toEqual(["second"]);
});

it("does not let a small share overtake a large one that waits", async () => {
  const shares = new CpuShares(1000);
  const first = await shares.acquire(500, never);
  const granted: string[] = [];
  void shares.acquire(900, never).then(() => granted.push("large"));
  void shares.acquire(100, never).then(() => granted.push("small"));
  await settle();
  expect(granted).toEqual([]);
  first.release();
  await settle();
  expect(granted).toEqual(["large", "small"]);
});

it("takes a share above the machine's for all of the machine", async () => {
  const shares = new CpuShares(1000);
  const lease = await shares.acquire(10_240, never);
  expect(shares.heldMb).toBe(1000);
  lease.release();
  expect(shares.heldMb).toBe(0);
});

it("keeps what is not shared for an environment that runs alone", async () => {
  const shares = new CpuShares(3538, 1769);
  const small = await shares.acquire(1000, never);
  const granted: string[] = [];
  const all = shares.acquire(3538, never).then((lease) => {
    granted.push("all");
    return lease;
  });
  await settle();
  expect(granted).toEqual([]);
  small.release();
  (await all).shrink(769);
  await shares.acquire(1000, never);
  expect(shares.heldMb).toBe(1769);
});

it("gives back what a lease shrinks by, and the rest once, however often it is released", async () => {
  const shares = new CpuShares(1000);
  const lease = await shares.acquire(800, never);
  lease.shrink(300);
  expect(shares.heldMb).toBe(300);
  lease.shrink(900);
  expect(shares.heldMb).toBe(300);
  lease.release();
  lease.release();
  expect(shares.heldMb).toBe(0);
});

it("forgets who gives up waiting, and serves those behind", async () => {
  const shares = new CpuShares(1000);
  await shares.acquire(500, never);
  const giveUp = new AbortController();
  const large = shares.acquire(900, giveUp.signal);
  const small = shares.acquire(200, never);
  giveUp.abort(new Error("gone"));
  await expect(large).rejects.toThrow("gone");
  await small;
  expect(shares.heldMb).toBe(700);
});

it("refuses who has given up before asking", async () => {
  const shares = new CpuShares(1000);
  await expect(shares.acquire(1, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  expect(shares.heldMb).toBe(0);
});

it.each([0, -1, Number.NaN])("refuses a machine with %d MB", (totalMb) => {
  expect(() => new CpuShares(totalMb)).toThrow(RangeError);
});
