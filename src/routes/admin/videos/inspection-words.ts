import type { VideoInspection, VideoWarning } from '#lib/domain/videos/video-warnings.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { duration } from '../admin-words.ts';

/** Names that people know, where ffmpeg's are others. */
const CODECS: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265 (HEVC)',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  opus: 'Opus',
  vorbis: 'Vorbis',
};
const HERTZ_A_KILOHERTZ = 1_000;

const codecName = (codec: string) =>
  CODECS[codec] ?? (codec.startsWith('pcm_') ? 'PCM' : codec.toUpperCase());

const decimal = (value: number, maximumFractionDigits = 1) =>
  new Intl.NumberFormat(getLocale(), { maximumFractionDigits }).format(value).replace('-', '−');

/** What is in the file, for a list of terms and descriptions. */
export function inspectionFacts({ picture, sound, loudness }: VideoInspection) {
  const facts: { term: string; description: string }[] = [];
  if (picture) {
    const { width, height, framesPerSecond } = picture;
    const codec = codecName(picture.codec);
    facts.push({
      term: m.admin_video_fact_picture(),
      description:
        framesPerSecond === null
          ? m.admin_video_fact_picture_plain({ width, height, codec })
          : m.admin_video_fact_picture_value({ width, height, rate: decimal(framesPerSecond, 2), codec }),
    });
  }
  if (sound) {
    const [channels, kilohertz] = [sound.channels, decimal(sound.sampleRateHz / HERTZ_A_KILOHERTZ)];
    const codec = codecName(sound.codec);
    facts.push({
      term: m.admin_video_fact_sound(),
      description: m.admin_video_fact_sound_value({ channels, kilohertz, codec }),
    });
  }
  if (loudness) {
    const [lufs, peak] = [decimal(loudness.integratedLufs), decimal(loudness.truePeakDbtp)];
    facts.push({
      term: m.admin_video_fact_loudness(),
      description: m.admin_video_fact_loudness_value({ lufs, peak }),
    });
  }
  return facts;
}

function sentence(warning: VideoWarning): string {
  switch (warning.kind) {
    case 'interlaced':
      return m.admin_warning_interlaced();
    case 'hdr':
      return m.admin_warning_hdr();
    case 'no_sound_heard':
      return m.admin_warning_no_sound_heard();
    case 'small_picture':
      return m.admin_warning_small_picture({ side: warning.side });
    case 'several_sounds':
      return m.admin_warning_several_sounds({ count: warning.otherCount });
    case 'loudness': {
      const [lufs, gain] = [decimal(warning.integratedLufs), decimal(Math.abs(warning.gainDb))];
      return warning.gainDb > 0
        ? m.admin_warning_loudness_low({ lufs, gain })
        : m.admin_warning_loudness_high({ lufs, gain });
    }
    case 'frozen':
      return m.admin_warning_frozen({ count: warning.count });
    case 'black':
      return m.admin_warning_black({ count: warning.count });
    case 'silent':
      return m.admin_warning_silent({ count: warning.count });
  }
}

/** A warning in words, with the places in the video that it is about. */
export function warningWords(warning: VideoWarning): { text: string; places: string[] } {
  const stretches = 'stretches' in warning ? warning.stretches : [];
  const unlisted = 'count' in warning ? warning.count - stretches.length : 0;
  return {
    text: sentence(warning),
    places: [
      ...stretches.map(({ fromMs, toMs }) =>
        m.admin_warning_stretch({ from: duration(fromMs), to: duration(toMs) }),
      ),
      ...(unlisted > 0 ? [m.admin_warning_more({ count: unlisted })] : []),
    ],
  };
}
