import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtmlReport } from "../../cli/html/render-html-report.ts";
import type { Report } from "../../core/report/schema.ts";
import { hostileReport, inconclusiveReport, thumbnailReport } from "../core/report/render-fixtures.ts";

const executablePath = "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) process.stderr.write(`test/browser skips: there is no ${executablePath}\n`);

describe.skipIf(!hasBrowser)("the HTML report in a browser", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "html-report-"));
    browser = await chromium.launch({
      executablePath,
      chromiumSandbox: false,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (report: Report, options: Parameters<Browser["newPage"]>[0] = {}) => {
    const file = join(folder, `${crypto.randomUUID()}.html`);
    await writeFile(file, renderHtmlReport(report));
    const page = await browser.newPage(options);
    const seen = { requests: [] as string[], errors: [] as string[] };
    page.on("request", (request) => seen.requests.push(request.url()));
    page.on("pageerror", (error) => seen.errors.push(error.message));
    page.on("console", (message) => seen.errors.push(message.text()));
    page.on("dialog", (dialog) => {
      seen.errors.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    return { page, seen };
  };

  // Text, because the DOM's types are not among the project's.
  const background = (page: Page) => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");

  it.each([
    ["finished", thumbnailReport],
    ["inconclusive", inconclusiveReport],
    ["hostile", hostileReport],
  ])("shows a %s run without fetching or running anything", async (_name, report) => {
    const { page, seen } = await open(report);
    expect(seen).toEqual({ requests: [page.url()], errors: [] });
    expect(await page.locator("script").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toBe(report === hostileReport ? "evil<b>" : "image-thumbnail");
    await page.close();
  });

  it("says the advice in the first screen", async () => {
    const { page } = await open(thumbnailReport, { viewport: { width: 1200, height: 800 } });
    const advice = page.getByRole("region", { name: "Recommendation" });
    expect(await advice.innerText()).toMatch(/1024 MB[\s\S]*640 MB[\s\S]*30 s[\s\S]*3 s/);
    expect((await advice.boundingBox())?.y).toBeLessThan(800);
    await page.close();
  });

  it("draws both charts with an alternative text that holds the figures", async () => {
    const { page } = await open(thumbnailReport);
    const charts = page.getByRole("img");
    expect(await charts.count()).toBe(2);
    expect(await charts.first().getAttribute("aria-label")).toContain("640 MB (recommended) 560 ms");
    for (const chart of await charts.all()) {
      const box = await chart.boundingBox();
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(150);
    }
    expect(await page.locator("svg circle").count()).toBe(14);
    await page.close();
  });

  it("gives every table a caption and its rows headers", async () => {
    const { page } = await open(thumbnailReport);
    const tables = await page.locator("table").all();
    expect(tables.length).toBeGreaterThan(2);
    for (const table of tables) {
      expect((await table.locator("caption").textContent())?.length).toBeGreaterThan(10);
      expect(await table.locator("tbody tr").count()).toBe(await table.locator("tbody th[scope=row]").count());
    }
    await page.close();
  });

  it("follows the reader's preference for dark", async () => {
    const light = await open(thumbnailReport, { colorScheme: "light" });
    const dark = await open(thumbnailReport, { colorScheme: "dark" });
    expect(await background(light.page)).toBe("rgb(246, 247, 249)");
    expect(await background(dark.page)).toBe("rgb(15, 20, 27)");
    await Promise.all([light.page.close(), dark.page.close()]);
  });

  it("does not scroll sideways on a phone", async () => {
    const { page } = await open(thumbnailReport, { viewport: { width: 360, height: 740 } });
    const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });

  it("can be read on a phone: labels of charts, and failures without towers of single letters", async () => {
    const { page } = await open(thumbnailReport, { viewport: { width: 360, height: 740 } });
    for (const label of await page.locator("svg text", { hasText: "advised" }).all()) {
      expect((await label.boundingBox())?.height).toBeGreaterThan(8);
    }
    const example = page.locator("td code", { hasText: "signal: killed" });
    expect((await example.boundingBox())?.height).toBeLessThan(80);
    await page.close();
  });

  it("prints", async () => {
    const { page } = await open(thumbnailReport);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.close();
  });
});
