// hls.js ships types for its full build only; hls.ts says that this one has the same surface.
declare module 'hls.js/light' {
  const HlsLight: unknown;
  export default HlsLight;
}
