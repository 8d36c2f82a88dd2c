interface Detector {
  detect: (image: ImageBitmapSource) => Promise<{ rawValue: string }[]>;
}

type DetectorKind = new () => Detector;

const kind = () => (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector;

let detector: Detector | null = null;

/** Whether this browser can read bar and QR codes off a picture. */
export const canReadCodes = (): boolean => kind() !== undefined;

/**
 * The first bar or QR code on a photo or a running video; null when there is none or the browser
 * cannot read codes. A photo works without HTTPS, where a live camera would not.
 */
export async function readCode(picture: Blob | HTMLVideoElement): Promise<string | null> {
  const Kind = kind();
  if (!Kind) return null;
  try {
    detector ??= new Kind();
    const image = picture instanceof Blob ? await createImageBitmap(picture) : picture;
    const found = await detector.detect(image);
    return found[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}
