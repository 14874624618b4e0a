/** The keys 1 to 9. */
const KEYS = 9;

/**
 * Gives the choices inside the element the numbers by which keys choose them, in the order in which they are seen, and again whenever they
 * change. A label carries its number in `data-key`.
 */
export function numberChoices(node: HTMLElement): () => void {
  const number = () => {
    let key = 0;
    for (const input of node.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')) {
      const label = input.closest('label');
      if (!label) continue;
      const isOpen = input.checkVisibility() && !input.disabled && key < KEYS;
      const wanted = isOpen ? String((key += 1)) : null;
      if (wanted === (label.dataset.key ?? null)) continue;
      if (wanted === null) delete label.dataset.key;
      else label.dataset.key = wanted;
      input.setAttribute('aria-keyshortcuts', wanted ?? '');
    }
  };
  number();
  const observer = new MutationObserver(number);
  observer.observe(node, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['open', 'disabled'],
  });
  return () => observer.disconnect();
}

/** Chooses what has this number, as a press on it would. False when there is none. */
export function chooseByKey(key: string): boolean {
  const input = document.querySelector<HTMLInputElement>(`label[data-key="${CSS.escape(key)}"] input`);
  input?.focus();
  input?.click();
  return input !== null;
}
