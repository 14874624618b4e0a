const DEADLINE_MS = 60_000;
const PAUSE_MS = 100;

/** Until the web server answers that it is well. Throws when it does not within a minute. */
export async function waitForHealth(origin: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`${origin}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`the web server did not answer at ${origin}/health within a minute; see its log`);
}
