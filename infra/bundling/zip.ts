import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive: its path with slashes, and its bytes. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * A ZIP archive of a few small files, in memory.
 *
 * The same files give the same bytes: entries are sorted, and all carry the earliest time the format has.
 *
 * @see {@link https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT}, sections 4.3.7, 4.3.12 and 4.3.16
 */
export const zip = (entries: readonly ZipEntry[]): Buffer => {
  const files = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(pack);
  let offset = 0;
  const directory = files.map((file) => {
    const record = directoryRecord(file, offset);
    offset += file.local.length + file.compressed.length;
    return record;
  });
  const directoryBytes = Buffer.concat(directory);
  return Buffer.concat([
    ...files.flatMap(({ local, compressed }) => [local, compressed]),
    directoryBytes,
    endRecord(files.length, directoryBytes.length, offset),
  ]);
};

interface PackedFile {
  readonly name: Buffer;
  /** The fields that the local header and the directory share. */
  readonly shared: Buffer;
  readonly local: Buffer;
  readonly compressed: Buffer;
}

const version = 20;
const utf8Names = 0x08_00;
const deflated = 8;
/** 1 January 1980, midnight. */
const earliestDate = 0x00_21;
const regularFileReadableByAll = 0o100_644;
const madeOnUnix = 3 << 8;

const pack = ({ path, bytes }: ZipEntry): PackedFile => {
  const name = Buffer.from(path, "utf8");
  const compressed = deflateRawSync(bytes, { level: 9 });
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(version, 0);
  shared.writeUInt16LE(utf8Names, 2);
  shared.writeUInt16LE(deflated, 4);
  shared.writeUInt16LE(0, 6);
  shared.writeUInt16LE(earliestDate, 8);
  shared.writeUInt32LE(crc32(bytes), 10);
  shared.writeUInt32LE(compressed.length, 14);
  shared.writeUInt32LE(bytes.length, 18);
  shared.writeUInt16LE(name.length, 22);
  shared.writeUInt16LE(0, 24);
  return { name, shared, local: Buffer.concat([signature(0x04_03_4b_50), shared, name]), compressed };
};

const directoryRecord = ({ name, shared }: PackedFile, offset: number): Buffer => {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((regularFileReadableByAll << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(madeOnUnix | version, 0);
  return Buffer.concat([signature(0x02_01_4b_50), madeBy, shared, rest, name]);
};

const endRecord = (count: number, directoryLength: number, directoryOffset: number): Buffer => {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directoryLength, 8);
  end.writeUInt32LE(directoryOffset, 12);
  return Buffer.concat([signature(0x06_05_4b_50), end]);
};

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
};
