/** Files that want ffmpeg to read something else than themselves: from this machine, or from the network. */

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'dinf'];
const HEADER_BYTES = 8;

function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(body.length + HEADER_BYTES);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** An MP4 whose tracks say that their media is elsewhere (`dref`, ISO/IEC 14496-12 §8.7.2). Its index must be at the end. */
export function withMediaElsewhere(mp4: Buffer, target: string): Buffer {
  const reference = (type: string) => box(type, Buffer.alloc(4), Buffer.from(`${target}\0`));
  const elsewhere = box('dref', Buffer.from([0, 0, 0, 0, 0, 0, 0, 2]), reference('url '), reference('alis'));
  const rewrite = (bytes: Buffer): Buffer => {
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
      const whole = bytes.subarray(at, at + bytes.readUInt32BE(at));
      const type = whole.toString('latin1', 4, HEADER_BYTES);
      if (type === 'dref') parts.push(elsewhere);
      else if (CONTAINERS.includes(type)) parts.push(box(type, rewrite(whole.subarray(HEADER_BYTES))));
      else parts.push(whole);
    }
    return Buffer.concat(parts);
  };
  return rewrite(mp4);
}

function chunk(id: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(id, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

const words = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, n) => bytes.writeUInt32LE(value, 4 * n));
  return bytes;
};

/** An AVI whose captions (`GAB2`) are a file in a file: ffmpeg looks for a format inside, and a playlist would be one. */
export function aviWithCaptions(inside: string): Buffer {
  const list = (type: string, ...content: Buffer[]) => chunk('LIST', Buffer.from(type), ...content);
  const stream = (type: string, format: Buffer) =>
    list(
      'strl',
      chunk('strh', Buffer.from(type), Buffer.alloc(16), words(1, 25, 0, 300, 0, 0, 0), Buffer.alloc(8)),
      chunk('strf', format),
    );
  const picture = Buffer.concat([
    words(40, 16, 16),
    Buffer.from([1, 0, 24, 0]),
    Buffer.from('MJPG'),
    words(768, 0, 0, 0, 0),
  ]);
  const gab2 = Buffer.concat([
    ...[Buffer.from('GAB2\0\x02\0', 'latin1'), words(0), Buffer.from([4, 0]), words(inside.length)],
    Buffer.from(inside),
  ]);
  const header = chunk('avih', words(40_000, 0, 0, 0x10, 300, 0, 2, 0, 16, 16, 0, 0, 0, 0));
  return chunk(
    'RIFF',
    Buffer.from('AVI '),
    list('hdrl', header, stream('vids', picture), stream('txts', Buffer.alloc(0))),
    list('movi', chunk('00dc', Buffer.from('ffd8ffd9', 'hex')), chunk('01tx', gab2)),
  );
}

/** Everything in text that ffmpeg takes for a film somewhere else, with what it is called. */
export function playlists(target: string, part: string): readonly (readonly [name: string, text: string])[] {
  const hls = (line: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\n${line}\n#EXT-X-ENDLIST\n`;
  return [
    ['hls', hls(target)],
    ['hls-with-key', hls(part).replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="${target}"\n#EXTINF`)],
    ['hls-with-map', hls(part).replace('#EXTINF', `#EXT-X-MAP:URI="${target}"\n#EXTINF`)],
    ['hls-with-concat', hls(`concat:${target}|${part}`)],
    ['hls-with-subfile', hls(`subfile,,start,0,end,9,,:${target}`)],
    ['hls-with-data', hls(`data:text/plain,#EXTM3U%0A#EXTINF:9,%0A${target}`)],
    ['hls-of-playlists', `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${target}\n`],
    ['concat', `ffconcat version 1.0\nfile '${target}'\n`],
    [
      'dash',
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT12S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${target}</BaseURL><SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>`,
    ],
    [
      'sdp',
      'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
    ],
    ['smil', `<smil><body><video src="${target}"/></body></smil>`],
    ['asx', `<ASX version="3.0"><ENTRY><REF HREF="${target}"/></ENTRY></ASX>`],
    ['smooth', `<SmoothStreamingMedia><StreamIndex Url="${target}"/></SmoothStreamingMedia>`],
    ['svg', `<svg xmlns="http://www.w3.org/2000/svg"><image href="${target}" width="9" height="9"/></svg>`],
    ['vobsub', `# VobSub index file, v7\nid: en, index: 0\n# ${target}\n`],
    [
      'captions',
      `[Script Info]\nScriptType: v4.00+\n[Events]\nDialogue: 0,0:00:00.00,0:00:09.00,,,,,,,${target}\n`,
    ],
  ];
}
