import { expect, it } from "vitest";
import { CpuBudget } from "../../../../local/sandbox/backend/cpu-budget.ts";

it("starts with a period's share", () => {
  const budget = new CpuBudget(0.25, 100);
  expect(budget.remainingMs).toBe(5);
  expect(budget.nextPeriod).toBe(120);
});

it("takes what is used from the period", () => {
  const budget = new CpuBudget(0.25, 0);
  budget.spend(3, 3);
  expect(budget.remainingMs).toBe(2);
});

it("brings a new share with every period, and saves nothing up", () => {
  const budget = new CpuBudget(0.25, 0);
  budget.spend(1, 10);
  budget.spend(0, 75);
  expect(budget.remainingMs).toBe(5);
  expect(budget.nextPeriod).toBe(80);
});

it("takes what was used too much from the next period", () => {
  const budget = new CpuBudget(0.25, 0);
  budget.spend(7, 7);
  expect(budget.remainingMs).toBe(-2);
  budget.spend(0, 20);
  expect(budget.remainingMs).toBe(3);
});

it("splits what was used over the end of a period", () => {
  const budget = new CpuBudget(1, 0);
  budget.spend(18, 18);
  budget.spend(4, 22);
  expect(budget.remainingMs).toBe(18);
});
