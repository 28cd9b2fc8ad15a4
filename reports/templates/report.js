'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const byId = (id) => document.getElementById(id);

  const theme = byId('theme');
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  theme.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); });
  systemDark.addEventListener('change', nameTheme);
  nameTheme();
  theme.hidden = false;

  const copy = (text) => navigator.clipboard.writeText(text).catch(() => {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  });
  const copyOnClick = (button, text) => {
    const words = button.textContent;
    button.addEventListener('click', () => copy(text()).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = words; }, 2000);
    }));
  };
  const addCopy = (finding) => {
    for (const commands of finding.querySelectorAll('.commands')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet copy';
      button.textContent = commands.classList.contains('terraform') ? 'Copy Terraform' : 'Copy commands';
      copyOnClick(button, () => [...commands.querySelectorAll('code')].map((line) => line.textContent).join('\n'));
      commands.after(button);
    }
  };

  // Long tables are folded; a link to their section, and printing, open them.
  const unfold = () => {
    const id = location.hash.slice(1);
    const target = id && byId(id);
    if (!target) { return; }
    const fold = [...document.querySelectorAll('.fold')].find((part) => part.dataset.of === id || part.contains(target));
    if (!fold) { return; }
    fold.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', unfold);
  addEventListener('beforeprint', () => document.querySelectorAll('.fold').forEach((part) => { part.open = true; }));
  unfold();

  // Answers to what has to be decided: kept while the page is open, shown as lines of aiaudit.yaml.
  const answers = new Map();
  const QUESTIONS = 'select[data-key], select[data-rule]';
  const keyOf = (resource, choice) => [resource, choice.dataset.key || '', choice.dataset.rule || ''].join('\n');
  // One question may be about many resources: their exact ids are beside it once.
  const resourcesOf = (choice) => (choice.dataset.resource !== undefined ? [choice.dataset.resource]
    : JSON.parse(choice.closest('[data-resources]').dataset.resources));
  // A question about many has an answer where all have the same.
  const restoreAnswers = (part) => part.querySelectorAll(QUESTIONS).forEach((choice) => {
    const given = answers.size ? new Set(resourcesOf(choice).map((resource) => (answers.get(keyOf(resource, choice)) || { value: '' }).value)) : new Set();
    choice.value = given.size === 1 ? [...given][0] : '';
  });
  // A JSON string is a YAML string, and resource_id takes it letter by letter: no name widens an answer.
  const quoted = (text) => JSON.stringify(text);
  const yaml = () => {
    const given = [...answers.values()];
    const policy = new Map();
    for (const answer of given.filter((one) => one.key)) {
      if (!policy.has(answer.resource)) { policy.set(answer.resource, []); }
      policy.get(answer.resource).push('    ' + answer.key + ': ' + answer.value);
    }
    const checked = (list) => {
      const entries = given.filter((one) => one.rule && one.value === list).map((one) => '  - rule: ' + quoted(one.rule)
        + '\n    resource_id: ' + quoted(one.resource) + '\n    reason: checked by hand');
      return entries.length ? [list + ':', ...entries] : [];
    };
    return [
      ...(policy.size ? ['policy:'] : []),
      ...[...policy].map(([resource, lines]) => '  - match: {resource_id: ' + quoted(resource) + '}\n' + lines.join('\n')),
      ...checked('verified'),
      ...checked('ignore'),
    ].join('\n');
  };
  const showAnswers = () => {
    byId('block').textContent = yaml();
    byId('answered').textContent = answers.size === 0 ? 'No answer yet.' : answers.size === 1 ? '1 answer.' : answers.size + ' answers.';
    byId('copy-block').disabled = answers.size === 0;
  };
  if (byId('answers')) {
    document.addEventListener('change', (event) => {
      const choice = event.target;
      if (!choice.matches(QUESTIONS)) { return; }
      const { key, rule } = choice.dataset;
      const value = choice.value;
      for (const resource of resourcesOf(choice)) {
        if (value) { answers.set(keyOf(resource, choice), { resource, key, rule, value }); } else { answers.delete(keyOf(resource, choice)); }
      }
      restoreAnswers(document);
      showAnswers();
    });
    copyOnClick(byId('copy-block'), yaml);
    byId('answers').hidden = false;
    restoreAnswers(document);
    showAnswers();
  }

  const list = byId('groups');
  if (!list) { return; }
  const rows = [...list.querySelectorAll('.row')];
  const groups = [...list.children].map((item) => ({
    item,
    rows: [...item.querySelectorAll('.row')],
    list: item.querySelector('.rows'),
    details: item.querySelector('details'),
    sum: item.querySelector('.sum'),
    count: item.querySelector('.tally-of'),
    whole: item.querySelectorAll('.all-only'),
    leftOut: Number(item.dataset.leftOut || 0),
    leftOutCents: Number(item.dataset.leftOutCents || 0),
  }));

  // A finding's evidence waits as text in a noscript element until somebody opens it: thousands of them cost a browser nothing.
  const drawer = byId('drawer');
  const content = byId('drawer-content');
  const narrow = matchMedia('(max-width: 860px)');
  let shown = null;
  const visible = () => [...list.querySelectorAll('.row:not([hidden])')].filter((row) => !row.closest('.group').hidden);
  // Of a large page, the details of later rows wait in packed blocks; each of these rows says where: block/place.
  const blocks = [...document.querySelectorAll('.packed')];
  const unpacked = new Map();
  let asked = null;
  const unpack = async (number) => {
    const bytes = Uint8Array.from(atob(blocks[number].textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return (await new Response(stream).text()).split('<!--next-->');
  };
  const packedDetail = async (mark) => {
    const [number, place] = mark.dataset.packed.split('/').map(Number);
    if (!unpacked.has(number)) { unpacked.set(number, unpack(number)); }
    return (await unpacked.get(number))[place];
  };
  const UNREADABLE = '<div class="detail"><h3>Details are not shown</h3>'
    + '<p>This browser can\'t unpack the details of this finding. A newer one can; the Markdown report has all.</p></div>';
  const open = (row) => {
    const mark = row.querySelector('[data-packed]');
    const plain = row.querySelector('noscript');
    asked = row;
    if (mark) {
      packedDetail(mark).catch(() => UNREADABLE).then((detail) => { if (asked === row) { show(row, detail); } });
    } else if (plain) { show(row, plain.textContent); }
  };
  const show = (row, detail) => {
    if (shown) { shown.removeAttribute('aria-current'); }
    shown = row;
    row.setAttribute('aria-current', 'true');
    // Markup of the template, in which every value is escaped, as it would stand on a page without scripts.
    content.innerHTML = detail;
    content.querySelector('h3').id = 'drawer-title';
    restoreAnswers(content);
    addCopy(content);
    const order = visible();
    const place = order.indexOf(row);
    byId('drawer-place').textContent = (place + 1).toLocaleString('en') + ' of ' + order.length.toLocaleString('en');
    byId('previous').disabled = place <= 0;
    byId('next').disabled = place < 0 || place >= order.length - 1;
    if (!drawer.open) { if (narrow.matches) { drawer.showModal(); } else { drawer.show(); } }
    content.scrollTop = 0;
  };
  // The address of a finding ends with its drawer, whatever closes it.
  const leave = () => {
    if (shown && location.hash === '#' + shown.id) { history.replaceState(null, '', filterHash()); }
  };
  // What is still being unpacked does not open the drawer again.
  const close = () => { asked = null; drawer.close(); leave(); };
  drawer.addEventListener('cancel', () => { asked = null; });
  drawer.addEventListener('close', () => {
    if (!shown) { return; }
    shown.removeAttribute('aria-current');
    leave();
    if (!drawer.contains(document.activeElement) && document.activeElement !== document.body) { return; }
    shown.querySelector('a').focus({ preventScroll: true });
  });
  const step = (by) => {
    const order = visible();
    const row = order[order.indexOf(asked || shown) + by];
    if (!row) { return; }
    history.replaceState(null, '', '#' + row.id);
    const group = row.closest('details');
    if (group) { group.open = true; }
    row.scrollIntoView({ block: 'nearest' });
    open(row);
  };
  byId('close').addEventListener('click', close);
  byId('previous').addEventListener('click', () => step(-1));
  byId('next').addEventListener('click', () => step(1));
  addEventListener('keydown', (event) => { if (event.key === 'Escape' && (drawer.open || asked)) { close(); } });

  const form = byId('filters');
  const search = byId('search');
  const choices = { status: byId('by-status'), provider: byId('by-provider'), step: byId('by-step'), owner: byId('by-owner'), environment: byId('by-environment'), account: byId('by-account'), rule: byId('by-rule') };
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) { texts.set(row, (row.querySelector('.what').textContent + ' ' + row.dataset.rule + ' ' + row.dataset.tags).toLowerCase()); }
    return texts.get(row);
  };
  const money = (cents) => {
    if (cents > 0 && cents <= 50) { return '< ' + form.dataset.sign + '1'; }
    return form.dataset.sign + (cents / 100).toLocaleString('en-US', { maximumFractionDigits: 0 });
  };
  const sum = (some) => some.reduce((cents, row) => cents + Number(row.dataset.cents), 0);
  const FEW = 200;
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.entries(choices).filter(([, choice]) => choice.value);
    const fits = (row) => wanted.every(([key, choice]) => row.dataset[key] === choice.value) && words.every((word) => textOf(row).includes(word));
    // Findings without a row have the status and the rule of their group; nothing else is known of them here.
    const searchable = words.length === 0 && wanted.every(([key]) => key === 'status' || key === 'rule');
    const mayFit = (group) => group.leftOut > 0
      && wanted.every(([key, choice]) => (key !== 'status' && key !== 'rule') || group.item.dataset[key] === choice.value);
    const fitting = [];
    let more = 0;
    let unsearched = 0;
    let moreCents = 0;
    let moreToDecide = 0;
    let moreCounted = 0;
    for (const group of groups) {
      const left = group.rows.filter(fits);
      const others = mayFit(group) && searchable ? group.leftOut : 0;
      const cents = others ? group.leftOutCents : 0;
      more += others;
      unsearched += mayFit(group) && !searchable ? group.leftOut : 0;
      moreCents += cents;
      if (group.item.dataset.status === 'unconfirmed') { moreToDecide += cents; }
      if (group.item.dataset.status === 'counted') { moreCounted += cents; }
      group.rows.forEach((row) => { row.hidden = true; });
      left.forEach((row) => { row.hidden = false; });
      group.item.hidden = left.length + others === 0;
      if (group.sum) {
        const all = left.length === group.rows.length && others === group.leftOut;
        group.whole.forEach((note) => { note.hidden = !all; });
        group.sum.textContent = group.sum.textContent === '-' ? '-' : money(sum(left) + cents);
        const count = left.length + others;
        group.count.textContent = count.toLocaleString('en') + (count === 1 ? ' finding' : ' findings');
      }
      fitting.push(...left);
    }
    const narrowed = words.length > 0 || wanted.length > 0;
    for (const group of groups) {
      if (group.details) { group.details.open = narrowed && fitting.length <= FEW; }
    }
    const counted = fitting.filter((row) => row.dataset.status === 'counted');
    const undecided = fitting.filter((row) => row.dataset.status === 'unconfirmed');
    const everything = rows.length + groups.reduce((count, group) => count + group.leftOut, 0);
    const toDecide = sum(undecided) + moreToDecide;
    const countedCents = sum(counted) + moreCounted;
    const status = choices.status.value;
    const all = sum(fitting) + moreCents;
    // A chosen status has the sum of its own amounts: those beside the net saving are gross.
    const amounts = !status ? money(countedCents) + ' a month counted' + (toDecide ? ', ' + money(toDecide) + ' to decide' : '')
      : status === 'counted' ? money(countedCents) + ' a month counted'
        : status === 'unconfirmed' ? money(toDecide) + ' a month to decide'
          : all ? money(all) + ' a month gross, not counted' : 'no amount counted';
    byId('nothing').hidden = fitting.length + more > 0;
    byId('tally').textContent = (fitting.length + more).toLocaleString('en') + ' of ' + everything.toLocaleString('en') + ' findings, '
      + amounts
      + (unsearched ? '. ' + unsearched.toLocaleString('en') + ' findings that are not on this page were not searched' : '');
  };
  // The address holds the filters, so that a filtered list can be sent.
  const FILTERED = '#findings?';
  const filterHash = () => {
    const parts = new URLSearchParams();
    if (search.value.trim()) { parts.set('search', search.value.trim()); }
    for (const [key, choice] of Object.entries(choices)) { if (choice.value) { parts.set(key, choice.value); } }
    if (order.value !== 'cents') { parts.set('sort', order.value); }
    return parts.toString() ? FILTERED + parts : '#findings';
  };
  const remember = () => {
    if (drawer.open || location.hash.startsWith('#finding-')) { return; }
    const hash = filterHash();
    if (hash !== '#findings' || location.hash.startsWith(FILTERED)) { history.replaceState(null, '', hash); }
  };
  const restoreFilters = (hash) => {
    const parts = new URLSearchParams(hash.slice(FILTERED.length));
    search.value = parts.get('search') || '';
    const choose = (choice, value, other) => { choice.value = value || other; if (choice.selectedIndex < 0) { choice.value = other; } };
    for (const [key, choice] of Object.entries(choices)) { choose(choice, parts.get(key), ''); }
    choose(order, parts.get('sort'), 'cents');
    sort();
    filter();
  };
  const refine = () => { filter(); remember(); };
  let waiting = 0;
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(refine, 120); });
  Object.values(choices).forEach((choice) => choice.addEventListener('change', refine));
  form.addEventListener('reset', () => setTimeout(() => { sort(); refine(); }));
  form.addEventListener('submit', (event) => event.preventDefault());

  const order = byId('sort');
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const CONFIDENCE = ['high', 'medium', 'low', '-'];
  const nameOf = (part) => part.querySelector('.name').textContent;
  const comparisons = {
    name: (a, b) => collator.compare(nameOf(a), nameOf(b)),
    confidence: (a, b) => CONFIDENCE.indexOf(a.dataset.confidence) - CONFIDENCE.indexOf(b.dataset.confidence),
  };
  // The page comes in the order of amounts.
  const sort = () => {
    const compare = comparisons[order.value];
    const sorted = (parts) => (compare ? [...parts].sort(compare) : parts);
    groups.forEach((group) => group.list.append(...sorted(group.rows)));
    list.append(...(order.value === 'name' ? sorted(groups.map((group) => group.item)) : groups.map((group) => group.item)));
  };
  order.addEventListener('change', () => { sort(); remember(); });

  const expand = byId('expand');
  const expandAll = (wide) => groups.forEach((group) => { if (group.details) { group.details.open = wide; } });
  expand.addEventListener('click', () => {
    const wide = expand.getAttribute('aria-pressed') !== 'true';
    expandAll(wide);
    expand.setAttribute('aria-pressed', String(wide));
    expand.textContent = wide ? 'Close groups' : 'Open groups';
  });
  addEventListener('beforeprint', () => expandAll(true));
  form.hidden = false;

  const openTarget = () => {
    if (location.hash.startsWith(FILTERED)) {
      close();
      restoreFilters(location.hash);
      byId('findings').scrollIntoView();
      return;
    }
    const target = location.hash.length > 1 && byId(location.hash.slice(1));
    if (!target || !target.classList.contains('row')) {
      close();
      return;
    }
    if (target.hidden) { form.reset(); search.value = ''; filter(); }
    const group = target.closest('details');
    if (group) { group.open = true; }
    target.scrollIntoView({ block: 'center' });
    open(target);
  };
  addEventListener('hashchange', openTarget);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#finding-"]');
    if (link && link.hash === location.hash) { openTarget(); }
  });
  openTarget();
})();
