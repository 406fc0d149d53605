import { expect, it } from "vitest";
import { CpuShares } from "../../../local/sandbox/cpu-shares.ts";

const never = new AbortController().signal;

const computing = (mb: number) => ({ mb, waits: false });
const waiting = (mb: number) => ({ mb, waits: true });

/** Lets everything run that is ready to. */
const settle = () => new Promise(setImmediate);

it("grants what is free at once", async () => {
  const shares = new CpuShares(3538);
  await shares.acquire(computing(1769), never);
  await shares.acquire(computing(1000), never);
  expect(shares.computingMb).toBe(2769);
});

it("lets a share wait until enough is given back", async () => {
  const shares = new CpuShares(1000);
  const first = await shares.acquire(computing(800), never);
  const granted: string[] = [];
  void shares.acquire(computing(300), never).then(() => granted.push("second"));
  await settle();
  expect(granted).toEqual([]);
  first.release();
  await settle();
  expect(granted).toEqual(["second"]);
});

it("does not let a small share overtake a large one that waits", async () => {
  const shares = new CpuShares(1000);
  const first = await shares.acquire(computing(500), never);
  const granted: string[] = [];
  void shares.acquire(computing(900), never).then(() => granted.push("large"));
  void shares.acquire(computing(100), never).then(() => granted.push("small"));
  await settle();
  expect(granted).toEqual([]);
  first.release();
  await settle();
  expect(granted).toEqual(["large", "small"]);
});

it("takes a share above the machine's for all of the machine", async () => {
  const shares = new CpuShares(1000);
  const lease = await shares.acquire(computing(10_240), never);
  expect(shares.computingMb).toBe(1000);
  lease.release();
  expect(shares.computingMb).toBe(0);
});

it("keeps what is not shared for an environment that runs alone", async () => {
  const shares = new CpuShares(3538, 1769);
  const small = await shares.acquire(computing(1000), never);
  const granted: string[] = [];
  const all = shares.acquire(computing(3538), never).then((lease) => {
    granted.push("all");
    return lease;
  });
  await settle();
  expect(granted).toEqual([]);
  small.release();
  (await all).release();
  await shares.acquire(computing(1769), never);
  expect(shares.computingMb).toBe(1769);
});

it("gives back what a lease turns out not to need, and the rest once, however often it is released", async () => {
  const shares = new CpuShares(1000);
  const lease = await shares.acquire(computing(800), never);
  lease.wait(300);
  lease.wait(900);
  expect([shares.computingMb, shares.waitingMb]).toEqual([0, 300]);
  lease.release();
  lease.release();
  lease.wait(300);
  expect([shares.computingMb, shares.waitingMb]).toEqual([0, 0]);
});

it("lets one that computes go beside those that wait, whose answer may be what they wait for", async () => {
  const shares = new CpuShares(1769);
  const lease = await shares.acquire(computing(1769), never);
  lease.wait(70);
  await shares.acquire(waiting(70), never);
  await shares.acquire(computing(1769), never);
  expect([shares.computingMb, shares.waitingMb]).toEqual([1769, 140]);
});

it("lets no other begin to wait beside one that computes", async () => {
  const shares = new CpuShares(1769);
  const lease = await shares.acquire(computing(1769), never);
  const granted: string[] = [];
  void shares.acquire(waiting(70), never).then(() => granted.push("waits"));
  await settle();
  expect(granted).toEqual([]);
  lease.release();
  await settle();
  expect(granted).toEqual(["waits"]);
});

it("forgets who gives up waiting, and serves those behind", async () => {
  const shares = new CpuShares(1000);
  await shares.acquire(computing(500), never);
  const giveUp = new AbortController();
  const large = shares.acquire(computing(900), giveUp.signal);
  const small = shares.acquire(computing(200), never);
  giveUp.abort(new Error("gone"));
  await expect(large).rejects.toThrow("gone");
  await small;
  expect(shares.computingMb).toBe(700);
});

it("refuses who has given up before asking", async () => {
  const shares = new CpuShares(1000);
  await expect(shares.acquire(computing(1), AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  expect(shares.computingMb).toBe(0);
});

it.each([0, -1, Number.NaN])("refuses a machine with %d MB", (totalMb) => {
  expect(() => new CpuShares(totalMb)).toThrow(RangeError);
});
