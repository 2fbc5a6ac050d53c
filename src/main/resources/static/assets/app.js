// What every page does: theme switch, menus that close, the CSRF header for writes.
const root = document.documentElement;

for (const button of document.querySelectorAll('[data-theme-toggle]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    root.dataset.bsTheme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.bsTheme); } catch { /* holds for this page then */ }
  });
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

const menus = 'details.sheet[open], details.confirm[open]';
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll(menus)) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

document.addEventListener('htmx:configRequest', event => {
  const header = document.querySelector('meta[name=csrf-header]')?.content;
  if (header && event.detail.verb !== 'get') {
    event.detail.headers[header] = document.querySelector('meta[name=csrf-token]').content;
  }
});
