/**
 * What ffmpeg and ffprobe may open on behalf of an upload. Without this a text file that calls itself a playlist could have
 * them read other files of this machine or reach into the network; containers that can name other files are left out.
 */
const FORMATS = ['mov', 'mp4', 'matroska', 'webm', 'mpegts', 'mpeg', 'avi', 'asf', 'flv', 'mxf'];

/** 8K and a little; a frame that claims more is not allocated. */
const MAX_PIXELS = 8_192 * 4_352;

/** The options before the input, and the input. */
export function guardedInput(file: string): string[] {
  return [
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', FORMATS.join(',')],
    ...['-max_pixels', String(MAX_PIXELS)],
    ...['-i', `file:${file}`],
  ];
}
