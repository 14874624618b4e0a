import { z } from 'zod';
import type { FrameRate } from '#lib/domain/videos/ladder.ts';
import type { Source, SourcePicture, SourceSound } from '#lib/domain/videos/inspection.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { guardedLook, isReadablePicture, isReadableSound } from './input-guard.ts';
import { LOOKING } from './program-limits.ts';
import { ProgramError, runProgram } from './run-program.ts';

const PROBE_TIMEOUT_MS = 60_000;
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;

const Stream = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  disposition: z.object({ attached_pic: z.number().optional(), default: z.number().optional() }).optional(),
  tags: z.object({ DURATION: z.string().optional(), enc_key_id: z.string().optional() }).optional(),
  side_data_list: z
    .array(z.object({ rotation: z.number().optional(), side_data_type: z.string().optional() }))
    .optional(),
});

const Answer = z.object({
  streams: z.array(Stream),
  format: z.object({ format_name: z.string().optional(), duration: z.string().optional() }),
});

type Stream = z.output<typeof Stream>;

const INTERLACED = ['tt', 'bb', 'tb', 'bt'];
const HDR_TRANSFERS = ['smpte2084', 'arib-std-b67'];
/** Sample entries of protected streams: Common Encryption, and FairPlay. */
const PROTECTED_TAGS = ['encv', 'enca', 'drmi', 'drms'];

function ratio(text: string | undefined, separator: string): FrameRate {
  const [numerator = 0, denominator = 0] = (text ?? '').split(separator).map(Number);
  return { numerator, denominator };
}

/** Anamorphic pixels are made square and a telephone's rotation is applied, as a player would show it. */
function pictureOf(stream: Stream): SourcePicture | null {
  if (!stream.width || !stream.height) return null;
  const shape = ratio(stream.sample_aspect_ratio, ':');
  const stretch = shape.numerator > 0 && shape.denominator > 0 ? shape.numerator / shape.denominator : 1;
  const rotation = stream.side_data_list?.find((entry) => entry.rotation !== undefined)?.rotation ?? 0;
  const isTurned = Math.abs(rotation) % 180 === 90;
  const [width, height] = [Math.round(stream.width * stretch), stream.height];
  return {
    stream: stream.index,
    codec: stream.codec_name ?? '',
    isReadable: isReadablePicture(stream.codec_name ?? ''),
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    frameRate: ratio(stream.avg_frame_rate, '/'),
    durationMs: milliseconds([durationOf(stream)]),
    isInterlaced: INTERLACED.includes(stream.field_order ?? ''),
    isHdr: HDR_TRANSFERS.includes(stream.color_transfer ?? ''),
  };
}

/** Seconds: of the stream, or of the tag that Matroska keeps instead (`00:01:30.5`). */
function durationOf(stream: Stream | undefined): number | undefined {
  const [hours, minutes, seconds] = (stream?.tags?.DURATION ?? '').split(':').map(Number);
  if (hours !== undefined && minutes !== undefined && seconds !== undefined)
    return hours * 3_600 + minutes * 60 + seconds;
  return stream?.duration === undefined ? undefined : Number(stream.duration);
}

function milliseconds(seconds: (number | undefined)[]): number | null {
  const known = seconds
    .filter((value) => value !== undefined)
    .filter((value) => Number.isFinite(value) && value > 0);
  return known.length === 0 ? null : Math.round(Math.max(...known) * 1_000);
}

const isPicture = (stream: Stream) =>
  stream.codec_type === 'video' && stream.codec_name !== undefined && !stream.disposition?.attached_pic;

const isSound = (stream: Stream) =>
  stream.codec_type === 'audio' && stream.codec_name !== undefined && (stream.channels ?? 0) > 0;

const isProtected = ({ codec_tag_string: tag, tags, side_data_list: sideData = [] }: Stream) =>
  PROTECTED_TAGS.includes(tag ?? '') ||
  tags?.enc_key_id !== undefined ||
  sideData.some(({ side_data_type: kind }) => kind?.startsWith('Encryption'));

function soundOf(stream: Stream, count: number): SourceSound {
  return {
    stream: stream.index,
    codec: stream.codec_name ?? '',
    isReadable: isReadableSound(stream.codec_name ?? ''),
    channels: stream.channels ?? 0,
    sampleRateHz: Number(stream.sample_rate ?? 0),
    otherCount: count - 1,
  };
}

/** What an answer of ffprobe means. A cover picture is no picture, a track without channels no sound. */
export function readSource({ streams, format }: z.output<typeof Answer>): Source {
  const chosen = (found: Stream[]) => found.find(({ disposition }) => disposition?.default) ?? found[0];
  const sounds = streams.filter(isSound);
  const [video, audio] = [chosen(streams.filter(isPicture)), chosen(sounds)];
  return {
    container: format.format_name?.split(',')[0] ?? '',
    durationMs:
      milliseconds([durationOf(video), durationOf(audio)]) ?? milliseconds([Number(format.duration)]),
    picture: video ? pictureOf(video) : null,
    sound: audio ? soundOf(audio, sounds.length) : null,
    isEncrypted: streams.some(isProtected),
  };
}

/** Asks ffprobe what is in a file. Refused as `video_unreadable` when that is no container of the list, or damaged. */
export async function probeSource(
  config: Pick<Config, 'ffprobePath'>,
  file: string,
  signal?: AbortSignal,
): Promise<Source> {
  let answer = '';
  try {
    await runProgram({
      program: config.ffprobePath,
      arguments: ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', ...guardedLook(file)],
      allowance: LOOKING,
      ...(signal ? { signal } : {}),
      silenceMs: PROBE_TIMEOUT_MS,
      limitMs: PROBE_TIMEOUT_MS,
      onLine: (line) => {
        if (answer.length < MAX_ANSWER_CHARACTERS) answer += `${line}\n`;
      },
    });
  } catch (thrown) {
    if (thrown instanceof ProgramError)
      throw new Refusal(
        /Codec \(\S+\) not on whitelist/.test(thrown.message) ? 'video_unsupported' : 'video_unreadable',
      );
    throw thrown;
  }
  const parsed = Answer.safeParse(JSON.parse(answer));
  if (!parsed.success) throw new Refusal('video_unreadable');
  return readSource(parsed.data);
}
