// hls.js ships types for its full build only; the light one has the same surface without what is not used here.
declare module 'hls.js/light' {
  const HlsLight: typeof import('hls.js').default;
  export default HlsLight;
}
