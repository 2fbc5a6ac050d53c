// What every page does: theme switch, menus that close, the CSRF header for writes, a page for when there is no network.
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

// A command goes out once, however often its button is pressed; the server holds to that too.
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('form[data-once]')) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'true';
  form.querySelector('[type=submit]')?.classList.add('btn-busy');
});
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelector('.btn-busy')?.classList.remove('btn-busy');
  }
});
for (const field of document.querySelectorAll('input[data-select]')) {
  field.addEventListener('focus', () => field.select());
}

document.addEventListener('htmx:configRequest', event => {
  const header = document.querySelector('meta[name=csrf-header]')?.content;
  if (header && event.detail.verb !== 'get') {
    event.detail.headers[header] = document.querySelector('meta[name=csrf-token]').content;
  }
});

// Another version of the files is another worker, which then keeps those.
navigator.serviceWorker?.register(`/service-worker.js?${new URL('.', import.meta.url).pathname}`).catch(() => {});
