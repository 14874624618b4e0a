/** Nothing runs here. */
export const csr = false;
