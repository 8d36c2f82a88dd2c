interface Detector {
  detect: (image: ImageBitmap) => Promise<{ rawValue: string }[]>;
}

/**
 * The first bar or QR code on a photo; null when there is none or the browser cannot read codes.
 * Works without HTTPS, where a live camera would not.
 */
export async function readCode(photo: Blob): Promise<string | null> {
  const kind = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;
  if (!kind) return null;
  try {
    const found = await new kind().detect(await createImageBitmap(photo));
    return found[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}
