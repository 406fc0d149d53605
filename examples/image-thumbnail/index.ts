import sharp from "sharp";

interface ThumbnailEvent {
  readonly widthPx: number;
  readonly format: "jpeg" | "webp";
}

/** Stands for a photo out of a bucket: noise, as that is the hardest to compress. */
const photo = await sharp({
  create: {
    width: 1600,
    height: 1200,
    channels: 3,
    background: "teal",
    noise: { type: "gaussian", mean: 128, sigma: 40 },
  },
})
  .jpeg()
  .toBuffer();

/** Decodes, scales and encodes a picture: CPU in native code, part of it on several threads. */
export const handler = async ({ widthPx, format }: ThumbnailEvent): Promise<{ bytes: number; heightPx: number }> => {
  const { data, info } = await sharp(photo).resize({ width: widthPx }).toFormat(format).toBuffer({
    resolveWithObject: true,
  });
  return { bytes: data.byteLength, heightPx: info.height };
};
