import type { Page } from '@playwright/test';

/** Calls a procedure from within the page, with the person's cookies, as a script pasted into the console would. */
export async function callProcedure<T>(page: Page, procedure: string, input: unknown): Promise<T> {
  const answer = await page.evaluate(
    async ([path, body]) => {
      const response = await fetch(`/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body!,
      });
      return (await response.json()) as {
        result?: { data: unknown };
        error?: { data: { refusal: unknown } };
      };
    },
    [procedure, JSON.stringify(input)] as const,
  );
  return (answer.result?.data ?? { outcome: 'refused', ...(answer.error?.data.refusal as object) }) as T;
}
