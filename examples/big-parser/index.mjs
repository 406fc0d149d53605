/** Reads a large document in one piece: needs about 300 MB, however long it may take. */
export const handler = async ({ pages }) => {
  const document = download(pages);
  const texts = JSON.parse(document.toString("latin1"));
  return { bytes: document.length, longest: Math.max(...texts.map((text) => text.length)) };
};

/** Stands for the download of an export: a list of long texts in JSON. */
const download = (pages) => {
  const page = Buffer.from(`,"${"lorem ipsum dolor sit amet ".repeat(4000)}"`);
  const document = Buffer.alloc(pages * page.length + 1, page);
  document.write("[");
  document.write("]", document.length - 1);
  return document;
};
