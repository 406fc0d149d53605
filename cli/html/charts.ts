import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { formatDuration } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import type { HtmlCharts } from "../../core/report/render-html.ts";
import type { Report } from "../../core/report/schema.ts";
import { type ChartData, type ChartPoint, chargeData, durationData } from "./chart-points.ts";

/** The pictures of a report as SVG; absent where nothing was measured. */
export const renderCharts = (report: Report): HtmlCharts => {
  const duration = durationData(report);
  const charge = chargeData(report);
  return {
    ...(duration.points.length === 0
      ? {}
      : { duration: chart(duration, { name: "Mean duration", format: formatDuration }) }),
    ...(charge.points.length === 0
      ? {}
      : { charge: chart(charge, { name: "Charge of a million invocations", format: formatUsd }) }),
  };
};

interface Measure {
  readonly name: string;
  readonly format: (value: number) => string;
}

/** Room left and right of the outermost sizes, as a factor of memory. */
const edge = 1.12;
/** Width of the axis within the picture. */
const plotWidth = 468;

const chart = (data: ChartData, { name, format }: Measure): string => {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const values = [...data.points, ...data.curve].map(({ value }) => value);
  const uppers = [...data.points, ...data.curve].flatMap(({ upper }) => upper ?? []);
  const memories = [...data.points.map(({ memoryMb }) => memoryMb), ...data.unusableMb];
  const svg = Plot.plot({
    document,
    width: 560,
    height: 350,
    marginLeft: 68,
    marginBottom: 44,
    marginTop: 52,
    marginRight: 24,
    className: "plot",
    style: { background: "transparent", fontSize: "12px" },
    x: {
      type: "log",
      domain: [Math.min(...memories) / edge, Math.max(...memories) * edge],
      ticks: tickSizes(memories, data.points),
      tickFormat: (mb: number) => `${mb}`,
      label: "Memory (MB)",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { ...scaleOf(values, uppers), tickFormat: format, label: null, ticks: 5, nice: true },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1 }),
      ...curveMarks(data),
      ...intervalMarks(data.points),
      ...pointMarks(data.points, format, memories),
      ...unusableMarks(data.unusableMb),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", alternative(data, name, format));
  return svg.outerHTML;
};

/**
 * Linear from 0, so that heights compare; logarithmic where the smallest values would vanish.
 *
 * An interval far above every value is cut off rather than allowed to flatten all the others.
 */
const scaleOf = (
  values: readonly number[],
  uppers: readonly number[],
): { type: "log" | "linear"; domain: [number, number] } => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (most > 25 * least && least > 0) return { type: "log", domain: [least / 1.3, most * 1.3] };
  return { type: "linear", domain: [0, Math.min(1.5 * most, Math.max(1.08 * most, ...uppers))] };
};

const curveMarks = ({ curve, points }: ChartData): Plot.Markish[] =>
  curve.length === 0
    ? [Plot.line(points, { x: "memoryMb", y: "value", stroke: "var(--data)", strokeOpacity: 0.45, strokeWidth: 1.5 })]
    : [
        Plot.areaY(curve, {
          x: "memoryMb",
          y1: "lower",
          y2: "upper",
          fill: "var(--data)",
          fillOpacity: 0.14,
          curve: "monotone-x",
          clip: true,
        }),
        Plot.line(curve, { x: "memoryMb", y: "value", stroke: "var(--data)", strokeWidth: 1.75, curve: "monotone-x" }),
      ];

const intervalMarks = (points: readonly ChartPoint[]): Plot.Markish[] => [
  Plot.ruleX(
    points.filter(({ lower, upper }) => lower !== undefined && upper !== undefined),
    { x: "memoryMb", y1: "lower", y2: "upper", stroke: "var(--data)", strokeWidth: 2, clip: true },
  ),
];

const isRecommended = ({ marks }: ChartPoint): boolean => marks.includes("recommended");
const isCurrent = ({ marks }: ChartPoint): boolean => marks.includes("current");

const pointMarks = (
  points: readonly ChartPoint[],
  format: Measure["format"],
  memories: readonly number[],
): Plot.Markish[] => {
  const recommended = points.filter(isRecommended);
  const current = points.filter((point) => isCurrent(point) && !isRecommended(point));
  const others = points.filter((point) => !isCurrent(point) && !isRecommended(point));
  const at = { x: "memoryMb", y: "value" } as const;
  return [
    Plot.dot(others, { ...at, r: 3.5, fill: "var(--surface)", stroke: "var(--data)", strokeWidth: 1.75 }),
    Plot.ruleX(recommended, { x: "memoryMb", stroke: "var(--good)", strokeDasharray: "3,3" }),
    Plot.ruleX(current, { x: "memoryMb", stroke: "var(--quiet)", strokeDasharray: "1,4" }),
    Plot.dot(current, { ...at, r: 6, fill: "var(--surface)", stroke: "var(--ink)", strokeWidth: 2 }),
    Plot.dot(recommended, { ...at, r: 7, fill: "var(--good)", stroke: "var(--surface)", strokeWidth: 2 }),
    // Each in a row of its own above the frame, where nothing can be in the way.
    ...current.map((point) => label(point, "now", { fill: "var(--quiet)", dy: -38, memories, format })),
    ...recommended.map((point) => label(point, "advised", { fill: "var(--good)", dy: -16, memories, format })),
  ];
};

interface LabelStyle {
  readonly fill: string;
  readonly dy: number;
  readonly memories: readonly number[];
  readonly format: Measure["format"];
}

/** A label above the frame, over its point, turned inwards near the edges. */
const label = (point: ChartPoint, word: string, { memories, format, ...style }: LabelStyle): Plot.Markish => {
  const least = Math.log(Math.min(...memories));
  const position = (Math.log(point.memoryMb) - least) / Math.max(1e-9, Math.log(Math.max(...memories)) - least);
  return Plot.text([point], {
    x: "memoryMb",
    frameAnchor: "top",
    textAnchor: position < 0.2 ? "start" : position > 0.8 ? "end" : "middle",
    ...style,
    stroke: "var(--surface)",
    strokeWidth: 4,
    fontWeight: 600,
    text: () => `${word} ${formatMemory(point.memoryMb)}: ${format(point.stated)}`,
  });
};

const unusableMarks = (unusableMb: readonly number[]): Plot.Markish[] => [
  Plot.text(unusableMb, {
    x: (mb: number) => mb,
    frameAnchor: "bottom",
    text: () => "×",
    fill: "var(--bad)",
    fontSize: 18,
    dy: -2,
  }),
];

/** Sizes to label on the axis: the marked ones first, then those with room between their neighbours. */
const tickSizes = (memories: readonly number[], points: readonly ChartPoint[]): number[] => {
  const span = Math.log(Math.max(...memories) / Math.min(...memories)) + 2 * Math.log(edge);
  const roomOfLabel = (44 / plotWidth) * span;
  const marked = [...points.filter(isRecommended), ...points.filter(isCurrent)].map(({ memoryMb }) => memoryMb);
  const ticks: number[] = [];
  for (const mb of [...marked, ...memories]) {
    if (ticks.every((tick) => Math.abs(Math.log(mb / tick)) >= roomOfLabel)) ticks.push(mb);
  }
  return ticks;
};

const alternative = ({ points, unusableMb }: ChartData, name: string, format: Measure["format"]): string => {
  const shown = points.map((point) => {
    const note = point.marks.length === 0 ? "" : ` (${point.marks.join(", ")})`;
    return `${formatMemory(point.memoryMb)}${note} ${format(point.stated)}`;
  });
  const failed = unusableMb.length === 0 ? "" : ` Not usable: ${unusableMb.map(formatMemory).join(", ")}.`;
  return `${name} by memory: ${shown.join("; ")}.${failed}`;
};
