'use strict';
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  const theme = byId('theme');
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  theme.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); });
  systemDark.addEventListener('change', nameTheme);
  nameTheme();
  theme.hidden = false;

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')].filter((details) => !details.closest('.screen-only'));
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => { closed.forEach((details) => { details.open = false; }); });

  const copy = (text) => navigator.clipboard.writeText(text).catch(() => {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  });
  const addCopy = (details) => {
    for (const commands of details.querySelectorAll('.commands:not([data-copy])')) {
      commands.dataset.copy = '';
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet copy';
      button.textContent = 'Copy commands';
      button.addEventListener('click', () => copy([...commands.querySelectorAll('code')].map((line) => line.textContent).join('\n')).then(() => {
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy commands'; }, 2000);
      }));
      commands.after(button);
    }
  };
  document.addEventListener('toggle', (event) => addCopy(event.target), true);
  document.querySelectorAll('details[open]').forEach(addCopy);

  const table = byId('table');
  if (!table) { return; }
  const findings = [...table.tBodies];

  // A browser lays out what it shows: some hundred rows at once, the rest when asked for.
  let order = findings;
  let fitting = new Set(findings);
  let limit = 300;
  const rest = byId('rest');
  const show = () => {
    let fits = 0;
    for (const finding of order) {
      if (fitting.has(finding)) { fits += 1; }
      finding.hidden = !fitting.has(finding) || fits > limit;
    }
    rest.hidden = fits <= limit;
    rest.firstElementChild.textContent = (fits - limit).toLocaleString('en') + ' more findings are not shown.';
    byId('nothing').hidden = fits > 0;
  };
  rest.lastElementChild.addEventListener('click', () => { limit = Infinity; show(); });

  const headers = [...table.tHead.querySelectorAll('th[data-sort]')];
  const compare = (key) => {
    const numeric = key === 'amount' || key === 'confidence';
    const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    return numeric
      ? (a, b) => Number(a.dataset[key]) - Number(b.dataset[key])
      : (a, b) => order.compare(a.dataset[key], b.dataset[key]);
  };
  const sort = (header) => {
    const first = header.dataset.first || 'ascending';
    const now = header.getAttribute('aria-sort');
    const next = !now ? first : now === 'ascending' ? 'descending' : 'ascending';
    headers.forEach((other) => other.removeAttribute('aria-sort'));
    header.setAttribute('aria-sort', next);
    const ascending = compare(header.dataset.sort);
    order = [...findings].sort(next === 'ascending' ? ascending : (a, b) => ascending(b, a));
    show();
    table.append(...order);
  };
  for (const header of headers) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.textContent = header.textContent;
    button.addEventListener('click', () => sort(header));
    header.replaceChildren(button);
  }

  const form = byId('filters');
  const search = byId('search');
  const choices = { status: byId('by-status'), lever: byId('by-lever'), provider: byId('by-provider') };
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) { texts.set(finding, finding.textContent.toLowerCase()); }
    return texts.get(finding);
  };
  const money = (cents) => {
    const digits = String(cents).padStart(3, '0');
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
    return table.dataset.sign + whole + '.' + digits.slice(-2);
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    fitting = new Set(findings.filter((finding) =>
      Object.entries(choices).every(([key, choice]) => !choice.value || finding.dataset[key] === choice.value)
        && words.every((word) => textOf(finding).includes(word))));
    let cents = 0n;
    fitting.forEach((finding) => { cents += BigInt(finding.dataset.cents); });
    show();
    byId('tally').textContent = fitting.size.toLocaleString('en') + ' of ' + findings.length.toLocaleString('en') + ' findings, ' + money(cents) + ' a month counted';
  };
  let waiting = 0;
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  Object.values(choices).forEach((choice) => choice.addEventListener('change', filter));
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (event) => event.preventDefault());
  const expand = byId('expand');
  expand.addEventListener('click', () => {
    const open = expand.getAttribute('aria-pressed') !== 'true';
    findings.filter((finding) => !finding.hidden).forEach((finding) => finding.querySelectorAll('details').forEach((details) => { details.open = open; }));
    expand.setAttribute('aria-pressed', String(open));
    expand.textContent = open ? 'Close all' : 'Open all';
  });
  form.hidden = false;
  show();

  const openTarget = () => {
    const target = location.hash.length > 1 && byId(location.hash.slice(1));
    const details = target && target.querySelector('details');
    if (!details) { return; }
    if (target.hidden) { limit = Infinity; form.reset(); fitting = new Set(findings); show(); }
    details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  openTarget();
})();
