/**
 * What ffmpeg and ffprobe may open on behalf of an upload. Without this a text file that calls itself a playlist could have
 * them read other files of this machine or reach into the network; containers that can name other files are left out. What
 * bounds their time and memory is in program-limits.ts; SECURITY.md and docs/threats.md say what that is worth.
 */
const FORMATS = ['mov', 'mp4', 'matroska', 'webm', 'mpegts', 'mpeg', 'avi', 'asf', 'flv', 'mxf'];

/** By the codec's name, the decoders that may read it: what cameras, telephones and editing software write. */
const PICTURE_DECODERS: Readonly<Record<string, readonly string[]>> = {
  h264: ['h264'],
  hevc: ['hevc'],
  av1: ['libdav1d', 'libaom-av1', 'av1'],
  vp8: ['vp8', 'libvpx'],
  vp9: ['vp9', 'libvpx-vp9'],
  mpeg4: ['mpeg4'],
  mpeg2video: ['mpeg2video', 'mpegvideo'],
  mpeg1video: ['mpeg1video', 'mpegvideo'],
  prores: ['prores'],
  dnxhd: ['dnxhd'],
  cfhd: ['cfhd'],
  dvvideo: ['dvvideo'],
  mjpeg: ['mjpeg'],
  vc1: ['vc1'],
  wmv3: ['wmv3'],
  wmv2: ['wmv2'],
  msmpeg4v3: ['msmpeg4'],
  h263: ['h263'],
  flv1: ['flv'],
  ffv1: ['ffv1'],
};

const PCM = [
  'u8',
  's8',
  's16le',
  's16be',
  's24le',
  's24be',
  's32le',
  's32be',
  'f32le',
  'f32be',
  'f64le',
  'f64be',
];

const SOUND_DECODERS: Readonly<Record<string, readonly string[]>> = {
  aac: ['aac', 'aac_fixed'],
  aac_latm: ['aac_latm'],
  mp3: ['mp3float', 'mp3'],
  mp2: ['mp2float', 'mp2'],
  ac3: ['ac3', 'ac3_fixed'],
  eac3: ['eac3'],
  dts: ['dca'],
  opus: ['opus', 'libopus'],
  vorbis: ['vorbis', 'libvorbis'],
  flac: ['flac'],
  alac: ['alac'],
  wmav2: ['wmav2'],
  wmapro: ['wmapro'],
  amr_nb: ['amrnb', 'libopencore_amrnb'],
  amr_wb: ['amrwb', 'libopencore_amrwb'],
  adpcm_ima_qt: ['adpcm_ima_qt'],
  adpcm_ms: ['adpcm_ms'],
  pcm_alaw: ['pcm_alaw'],
  pcm_mulaw: ['pcm_mulaw'],
  pcm_bluray: ['pcm_bluray'],
  pcm_dvd: ['pcm_dvd'],
  ...Object.fromEntries(PCM.map((kind) => [`pcm_${kind}`, [`pcm_${kind}`]])),
};

const READ = [...Object.values(PICTURE_DECODERS), ...Object.values(SOUND_DECODERS)].flat();

/** ffprobe opens a decoder for every stream and fails if it may not; of covers and captions nothing is decoded by it. */
const LOOKED_AT = [
  'png',
  'ass',
  'ssa',
  'srt',
  'subrip',
  'mov_text',
  'text',
  'webvtt',
  'cc_dec',
  'dvbsub',
  'dvdsub',
  'pgssub',
];

/** 8K and a little; a frame that claims more is not allocated. */
const MAX_PIXELS = 8_192 * 4_352;
/** A camera's file has a handful; each costs memory before anything is read. */
const MAX_STREAMS = 64;

export const isReadablePicture = (codec: string): boolean => Object.hasOwn(PICTURE_DECODERS, codec);
export const isReadableSound = (codec: string): boolean => Object.hasOwn(SOUND_DECODERS, codec);

function guarded(file: string, decoders: readonly string[]): string[] {
  return [
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', FORMATS.join(',')],
    ...['-codec_whitelist', decoders.join(',')],
    ...['-max_pixels', String(MAX_PIXELS), '-max_streams', String(MAX_STREAMS)],
    ...['-i', `file:${file}`],
  ];
}

/** For ffmpeg: the options before the input, and the input. */
export function guardedInput(file: string): string[] {
  return guarded(file, READ);
}

/** For ffprobe, which does not decode what is in the file beside picture and sound, but wants to know its name. */
export function guardedLook(file: string): string[] {
  return guarded(file, [...READ, ...LOOKED_AT]);
}
