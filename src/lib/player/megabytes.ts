/** Megabytes as contracts count them (10⁶ bytes), upwards to a tenth, so that nothing that was used is called nothing. */
export const megabytes = (bytes: number): number => Math.ceil(bytes / 100_000) / 10;
