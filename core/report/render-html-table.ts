/** One column of an HTML table. */
export interface HtmlColumn<Row> {
  readonly header: string;
  /** What the header means, shown on hover. */
  readonly title?: string;
  /** Plain text; escaped here. */
  readonly cell: (row: Row) => string;
  readonly isNumber?: boolean;
  readonly isCode?: boolean;
}

/** A table with its caption. */
export interface HtmlTable<Row> {
  readonly caption: string;
  readonly columns: readonly HtmlColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowClass?: (row: Row) => string;
}

/** An accessible table that scrolls sideways by itself where the page is narrow; empty columns are left out. */
export const htmlTable = <Row>({ caption, columns, rows, rowClass }: HtmlTable<Row>): string => {
  const shown = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ""));
  const head = shown
    .map(({ header, title, isNumber }) => {
      const hint = title === undefined ? "" : ` title="${escapeHtml(title)}"`;
      return `<th scope="col"${classOf(isNumber)}${hint}>${escapeHtml(header)}</th>`;
    })
    .join("");
  const body = rows
    .map((row) => `<tr class="${escapeHtml(rowClass?.(row) ?? "")}">${shown.map(cellOf(row)).join("")}</tr>`)
    .join("\n");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table${shown.length > 6 ? ' class="wide"' : ""}><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
};

/** Text that cannot be markup, in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

const cellOf =
  <Row>(row: Row) =>
  ({ cell, isNumber, isCode }: HtmlColumn<Row>, index: number): string => {
    const content = isCode === true ? `<code>${escapeHtml(cell(row))}</code>` : escapeHtml(cell(row));
    return index === 0
      ? `<th scope="row"${classOf(isNumber)}>${content}</th>`
      : `<td${classOf(isNumber)}>${content}</td>`;
  };

const classOf = (isNumber: boolean | undefined): string => (isNumber === true ? ' class="number"' : "");
