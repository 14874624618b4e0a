/** As much of it as the tests use; it brings no types. */
declare module 'swagger-client' {
  interface Request {
    readonly operationId: string;
    readonly parameters: object;
    readonly requestBody?: unknown;
    readonly requestContentType?: string;
    readonly userFetch: (
      url: string,
      init: { method: string; headers: Record<string, string>; body?: string },
    ) => Promise<Response>;
  }
  interface Client {
    execute(request: Request): Promise<{ readonly status: number; readonly body: unknown }>;
  }
  export default function SwaggerClient(options: { readonly spec: object }): Promise<Client>;
}
