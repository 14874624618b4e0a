/** `insecure`: the page did not come over HTTPS; `unsupported`: a browser without a camera, as inside many apps. */
export type CameraFault = 'denied' | 'missing' | 'busy' | 'insecure' | 'unsupported' | 'failed';

const MAX_SIDE_PX = 1_280;
const JPEG_QUALITY = 0.85;

/** Why `getUserMedia` did not give a camera (Media Capture and Streams §10.2), as far as a person can do something about it. */
export function findCameraFault(thrown: unknown): CameraFault {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  if (name === 'NotSupportedError') return globalThis.isSecureContext === false ? 'insecure' : 'unsupported';
  return 'failed';
}

/** The longer side at most 1280 px, never enlarged. */
export function fitPhoto(widthPx: number, heightPx: number): { widthPx: number; heightPx: number } {
  const scale = Math.min(1, MAX_SIDE_PX / Math.max(widthPx, heightPx));
  return { widthPx: Math.round(widthPx * scale), heightPx: Math.round(heightPx * scale) };
}

/** Asks for the camera on the person's side, or on the other; the sound is not asked for. Throws what `findCameraFault` reads. */
export function openCamera(facingMode: 'user' | 'environment' = 'user'): Promise<MediaStream> {
  // Only pages that came over HTTPS or from this machine have it at all.
  if (!('mediaDevices' in navigator))
    return Promise.reject(new DOMException('no camera interface', 'NotSupportedError'));
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode, width: { ideal: MAX_SIDE_PX }, height: { ideal: 720 } },
    audio: false,
  });
}

export function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The present picture as JPEG, the right way round (the preview is a mirror, the photo is not). */
export const takePhoto = (video: HTMLVideoElement): Promise<Blob> =>
  drawPhoto(video, video.videoWidth, video.videoHeight);

/** A picture file of this device as the camera's photos are: JPEG, upright, without place and time. Throws what is no picture to this browser. */
export async function readPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  try {
    return await drawPhoto(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

async function drawPhoto(picture: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const { widthPx, heightPx } = fitPhoto(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = widthPx;
  canvas.height = heightPx;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, widthPx, heightPx);
  const photo = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY),
  );
  if (!photo) throw new Error('the canvas gave no picture');
  return photo;
}
