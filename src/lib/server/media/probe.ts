import { z } from 'zod';
import type { FrameRate } from '#lib/domain/lectures/ladder.ts';
import type { Source, SourcePicture } from '#lib/domain/lectures/inspection.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { guardedInput } from './input-guard.ts';
import { ProgramError, runProgram } from './run-program.ts';

const PROBE_TIMEOUT_MS = 60_000;
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;

const Stream = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  field_order: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.object({ DURATION: z.string().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

const Answer = z.object({
  streams: z.array(Stream),
  format: z.object({ duration: z.string().optional() }),
});

type Stream = z.output<typeof Stream>;

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
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    frameRate: ratio(stream.avg_frame_rate, '/'),
    durationMs: milliseconds([durationOf(stream)]),
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
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

/** What an answer of ffprobe means. A cover picture is no picture, a track without channels no sound. */
export function readSource(answer: z.output<typeof Answer>): Source {
  const isPicture = (stream: Stream) =>
    stream.codec_type === 'video' && stream.codec_name !== undefined && !stream.disposition?.attached_pic;
  const video = answer.streams.find(isPicture);
  const audio = answer.streams.find(
    (stream) =>
      stream.codec_type === 'audio' && stream.codec_name !== undefined && (stream.channels ?? 0) > 0,
  );
  const durationMs =
    milliseconds([durationOf(video), durationOf(audio)]) ?? milliseconds([Number(answer.format.duration)]);
  return {
    durationMs,
    picture: video ? pictureOf(video) : null,
    sound: audio ? { stream: audio.index } : null,
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
      arguments: ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', ...guardedInput(file)],
      ...(signal ? { signal } : {}),
      silenceMs: PROBE_TIMEOUT_MS,
      onLine: (line) => {
        if (answer.length < MAX_ANSWER_CHARACTERS) answer += `${line}\n`;
      },
    });
  } catch (thrown) {
    if (thrown instanceof ProgramError) throw new Refusal('video_unreadable');
    throw thrown;
  }
  const parsed = Answer.safeParse(JSON.parse(answer));
  if (!parsed.success) throw new Refusal('video_unreadable');
  return readSource(parsed.data);
}
