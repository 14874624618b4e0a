const PAUSE_MS = 1_000;

/** Until the server answers, whatever it says: a page that is asked for while the line is away comes as the browser's own error page. */
export async function untilReachable(): Promise<void> {
  const isThere = () =>
    fetch('/health', { cache: 'no-store' }).then(
      ({ status }) => status < 500,
      () => false,
    );
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
