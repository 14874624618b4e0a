/// <reference lib="webworker" />
import { build, version } from '$service-worker';

// Registered for /counter alone (routes/counter/Terminal.svelte): pages of learners and administrators never pass through here.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
/** Of the officer at this terminal; another language is another worker (its address is). */
const LOCALE = new URL(worker.location.href).searchParams.get('locale') ?? 'ja';
const PROGRAM = `koshu-program-${version}-${LOCALE}`;
const SHELL = '/counter/offline';
/** Programs (those of the terminal's language), styles and the QR reader, without the learners' search for faces. Nothing that says anything of a person. */
const files = build
  .filter((file) => /\.(js|css|wasm)$/.test(file) && !file.includes('/workers/'))
  .map((file) => file.replace(/\/immutable\/(.+\.js)$/, `/immutable/${LOCALE}/$1`));
/** A server that is away behind its proxy answers so. */
const AWAY: readonly number[] = [502, 503, 504];

async function install(): Promise<void> {
  const cache = await caches.open(PROGRAM);
  await cache.addAll(files);
  // As for somebody who is not signed in: the page has no name in it.
  const shell = await fetch(`${SHELL}?locale=${LOCALE}`, { credentials: 'omit', cache: 'no-store' });
  if (!shell.ok) throw new Error(`${SHELL}: ${shell.status}`);
  await cache.put(SHELL, shell);
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('koshu-program-') && name !== PROGRAM);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function program(request: Request): Promise<Response> {
  const cache = await caches.open(PROGRAM);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}

/** From the server; without it, to the page that works alone. Pages themselves are never kept. */
async function page(request: Request): Promise<Response> {
  const fetched = await fetch(request).catch(() => null);
  if (fetched && !AWAY.includes(fetched.status)) return fetched;
  if (new URL(request.url).pathname !== SHELL) return Response.redirect(SHELL, 302);
  return (await caches.match(SHELL)) ?? fetched ?? Response.error();
}

worker.addEventListener('install', (event) => event.waitUntil(install().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname.startsWith('/_app/immutable/')) event.respondWith(program(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});
