/** Nothing runs here: the answer is a page. */
export const csr = false;
