// What scripts add: "/" for search, switches of a document, pairs of lines and paragraphs, copying.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

document.addEventListener('keydown', (event) => {
  const typing = document.activeElement.matches('input:not([type=radio],[type=checkbox]),textarea,select');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  (document.querySelector('.big input') || document.querySelector('.find input')).focus();
});
document.querySelector('.nav [aria-current]')?.scrollIntoView({inline: 'center', block: 'nearest'});

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
