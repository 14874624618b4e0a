type Handlers = Readonly<Record<string, () => void>>;

/** Listens to several events of one target. Returns how to stop. */
export function listen(target: EventTarget, handlers: Handlers): () => void {
  const entries = Object.entries(handlers);
  for (const [event, handle] of entries) target.addEventListener(event, handle);
  return () => {
    for (const [event, handle] of entries) target.removeEventListener(event, handle);
  };
}
