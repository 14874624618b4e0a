import { findSourceFault, type Source, type UsableSource } from '#lib/domain/videos/inspection.ts';
import { findTimelineFault, measuredSource } from '#lib/domain/videos/timeline.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { analyseSound, type SoundAnalysis } from './analyse-sound.ts';
import { probeSource } from './probe.ts';
import { scanPackets } from './scan-packets.ts';
import { isScrambledTransportStream } from './transport-scrambling.ts';
import { tryPicture } from './try-picture.ts';

/** A source that can become a lecture video, and what its sound is like. */
export interface InspectedSource extends SoundAnalysis {
  readonly source: UsableSource;
}

function refuseFault(source: Source): asserts source is UsableSource {
  const fault = findSourceFault(source);
  if (fault) throw new Refusal(fault);
}

/**
 * All that is found out before the pictures are decoded: what is in the file, when each packet is due, whether there is a picture
 * at all, and how loud and how silent the sound is. Refused with the code of what is wrong with the file; `onFacts` hears what it is even then.
 */
export async function inspectSource(
  config: Pick<Config, 'ffmpegPath' | 'ffprobePath'>,
  file: string,
  onFacts: (source: Source) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<InspectedSource> {
  const probed = await probeSource(config, file, signal);
  await onFacts(probed);
  if (probed.container === 'mpegts' && (await isScrambledTransportStream(file)))
    throw new Refusal('video_encrypted');
  const unmeasured = { ...probed, durationMs: null }; // what a file says about its length may be wrong
  refuseFault(unmeasured);
  const timeline = await scanPackets(config, file, unmeasured, signal);
  const fault = findTimelineFault(probed, timeline);
  if (fault) throw new Refusal(fault);
  const source = measuredSource(probed, timeline);
  refuseFault(source);
  await tryPicture(config, file, source, signal);
  return { source, ...(await analyseSound(config, file, source, signal)) };
}
