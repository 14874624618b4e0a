const KEY = 'koshu-save-data';

/** What was chosen on this device, otherwise what its browser asks sites for. Without storage (a private window) nothing was chosen. */
export function wantsSaving(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  try {
    const chosen = localStorage.getItem(KEY);
    if (chosen !== null) return chosen === 'yes';
  } catch {
    // no storage
  }
  return connection?.saveData === true;
}

export function rememberSaving(isSaving: boolean): void {
  try {
    localStorage.setItem(KEY, isSaving ? 'yes' : 'no');
  } catch {
    // It holds for this page.
  }
}
