import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type CpuLease, CpuShares } from "../../../local/sandbox/cpu-shares.ts";

const total = 3538;
const shared = 1769;
const acts = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("acquire" as const), mb: fc.integer({ min: 1, max: 10_240 }), waits: fc.boolean() }),
    fc.record({ kind: fc.constant("release" as const), at: fc.nat(20) }),
    fc.record({ kind: fc.constant("wait" as const), at: fc.nat(20), mb: fc.nat(4000) }),
    fc.record({ kind: fc.constant("abort" as const), at: fc.nat(20) }),
  ),
  { maxLength: 60 },
);

it("never hands out more than there is, and gets all of it back", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      const shares = new CpuShares(total, shared);
      const leases: CpuLease[] = [];
      const askers: { controller: AbortController; asked: Promise<unknown> }[] = [];
      for (const act of sequence) {
        if (act.kind === "acquire") {
          const controller = new AbortController();
          const asked = shares.acquire(act, controller.signal).then(
            (lease) => leases.push(lease),
            () => undefined,
          );
          askers.push({ controller, asked });
        } else if (act.kind === "release") leases[act.at]?.release();
        else if (act.kind === "wait") leases[act.at]?.wait(act.mb);
        else askers[act.at]?.controller.abort();
        await Promise.resolve();
        expect(Math.min(shares.computingMb, shares.waitingMb)).toBeGreaterThanOrEqual(0);
        expect(shares.computingMb).toBeLessThanOrEqual(total);
      }
      for (const { controller } of askers) controller.abort();
      await Promise.all(askers.map(({ asked }) => asked));
      for (const lease of leases) lease.release();
      expect([shares.computingMb, shares.waitingMb]).toEqual([0, 0]);
    }),
  );
});
