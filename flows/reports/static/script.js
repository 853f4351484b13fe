// What scripts add: "/" for search, switches of a document, pairs of lines and paragraphs, copying.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

document.addEventListener('keydown', (event) => {
  const typing = document.activeElement.matches('input:not([type=radio],[type=checkbox]),textarea,select');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  (document.querySelector('.big input') || document.querySelector('.find input')).focus();
});
// Not scrollIntoView: Chromium then lets the Tab key begin there, behind the link to the content.
const here = document.querySelector('.nav [aria-current]'), nav = here?.parentElement;
if (here) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;

const pair = document.getElementById('pair');
if (pair) {
  document.getElementById('switches').hidden = false;
  all('[name=v]').forEach((radio) => { radio.onchange = () => { pair.dataset.v = radio.value; }; });
  all('[data-t]').forEach((box) => { box.onchange = () => pair.classList.toggle(box.dataset.t, !box.checked); });
  pair.addEventListener('mouseover', (event) => {
    const here = event.target.closest('[data-p]');
    all('.hl', pair).forEach((one) => one.classList.remove('hl'));
    if (here) all(`[data-p="${here.dataset.p}"]`, pair).forEach((one) => one.classList.add('hl'));
  });
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box = target?.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
}
addEventListener('hashchange', openTarget);
openTarget();

all('[data-copy]').forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.onclick = async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent);
    button.textContent = 'Copied';
  };
});

// Search of the static form: headlines, sites and authors of its own pages.
const titles = document.getElementById('titles');
if (titles) {
  const input = document.querySelector('#titles-form input');
  const plain = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const items = all('li', titles).map((item) => [item, plain(item.dataset.words)]);
  const find = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      found += !item.hidden;
    }
    document.getElementById('titles-count').textContent = `${found} of ${items.length} headlines`;
  };
  input.value = new URLSearchParams(location.search).get('q') || '';
  input.addEventListener('input', find);
  document.getElementById('titles-form').addEventListener('submit', (event) => { event.preventDefault(); find(); });
  find();
}
