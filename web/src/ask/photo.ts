/** Longest side that is sent: a plate is readable, and a photo goes through a weak network. */
const SIDE = 1600;

/** Makes a photo smaller before it is sent; one the browser cannot read goes as it is. */
export async function smaller(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, "image/jpeg", 0.82),
    );
    return made ?? file;
  } catch {
    return file;
  }
}
