/** Nothing runs here: whatever camera app has opened it. */
export const csr = false;
