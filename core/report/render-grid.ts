/** How a piece of text should look; the terminal decides what that means. */
export type Role = "title" | "good" | "attention" | "bad" | "quiet" | "strong";

/** Styles a piece of text without changing the room it takes. */
export type Paint = (role: Role, text: string) => string;

/** Text as it is, for files and pipes. */
export const plain: Paint = (_role, text) => text;

/** One column of a grid of text. */
export interface GridColumn<Row> {
  readonly header: string;
  readonly align: "left" | "right";
  readonly cell: (row: Row) => string;
  readonly role?: (row: Row) => Role | undefined;
  /** Columns with the highest number go first when the room is short; 0 always stays. */
  readonly dispensable: number;
}

const gap = "  ";

/**
 * Lays rows out in aligned columns of text, leaving out the most dispensable columns until it fits.
 *
 * A column in which every cell is empty is left out.
 *
 * @param width - Characters a line may take.
 * @returns The header line, then one line a row.
 */
export const renderGrid = <Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  width: number,
  paint: Paint,
): string[] => {
  const fitting = fit(columns.map((column) => measured(column, rows)).filter(hasContent), width);
  const header = fitting.map(({ column, room }) => pad(column.header, room, column.align)).join(gap);
  return [paint("quiet", header.trimEnd()), ...rows.map((row, index) => line(row, index, fitting, paint))];
};

interface MeasuredColumn<Row> {
  readonly column: GridColumn<Row>;
  readonly cells: readonly string[];
  readonly room: number;
}

const measured = <Row>(column: GridColumn<Row>, rows: readonly Row[]): MeasuredColumn<Row> => {
  const cells = rows.map(column.cell);
  return { column, cells, room: Math.max(column.header.length, ...cells.map((cell) => cell.length)) };
};

const hasContent = <Row>({ cells }: MeasuredColumn<Row>): boolean => cells.some((cell) => cell !== "");

const fit = <Row>(columns: readonly MeasuredColumn<Row>[], width: number): readonly MeasuredColumn<Row>[] => {
  const room = columns.reduce((sum, column) => sum + column.room, 0) + gap.length * (columns.length - 1);
  const mostDispensable = Math.max(0, ...columns.map(({ column }) => column.dispensable));
  if (room <= width || mostDispensable === 0) return columns;
  const victim = columns.findIndex(({ column }) => column.dispensable === mostDispensable);
  return fit(columns.toSpliced(victim, 1), width);
};

const line = <Row>(row: Row, index: number, columns: readonly MeasuredColumn<Row>[], paint: Paint): string => {
  const cells = columns.map(({ column, cells: texts, room }, position) => {
    const text = texts[index] ?? "";
    const isLast = position === columns.length - 1;
    const padded = isLast && column.align === "left" ? text : pad(text, room, column.align);
    const role = column.role?.(row);
    return role === undefined || text === "" ? padded : paint(role, padded);
  });
  return cells.join(gap).trimEnd();
};

const pad = (text: string, room: number, align: "left" | "right"): string =>
  align === "right" ? text.padStart(room) : text.padEnd(room);
