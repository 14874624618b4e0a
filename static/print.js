// For buttons with data-print, on pages that have no other script.
document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-print]')) window.print();
});
