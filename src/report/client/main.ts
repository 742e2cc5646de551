/**
 * Runs in the reader's browser, bundled into the report by `npm run client`. In: the model that the page carries. Out: timeline and
 * proof drawn again, from the components that drew them into the file, now to be searched. Text becomes text and nothing else.
 */
import { render } from 'preact';
import { pageOf } from '../html/context.ts';
import { component } from '../html/markup.ts';
import { unpackedModel } from '../html/model.ts';
import { FindingList } from './finding-list.ts';
import { Timeline } from './timeline.ts';

function start(): void {
  const model = document.getElementById('model');
  const timeline = document.getElementById('timeline');
  const proof = document.getElementById('findings');
  if (model === null || timeline === null || proof === null) return;
  const { assessment, options } = unpackedModel(model.textContent);
  const page = pageOf(assessment, options, true);
  // Drawn aside first: where something fails, what stands in the file stays.
  const picture = document.createElement('div');
  const findings = document.createElement('div');
  let list: FindingList | null = null;
  const made = (one: FindingList): void => {
    list = one;
  };
  const draw = (printing: boolean): void => render(component(FindingList, { page, printing, made }), findings);
  render(component(Timeline, { page }), picture);
  draw(false);
  timeline.replaceChildren(picture);
  proof.replaceChildren(findings);
  const go = (): void => {
    const anchor = location.hash.slice(1);
    if (/^f-[0-9a-f]{12}$/.test(anchor)) list?.open(anchor);
    else if (/^[a-z]-[0-9a-f]{12}$/.test(anchor)) reveal(document.getElementById(anchor));
  };
  addEventListener('hashchange', go);
  // A link that was followed before changes no address.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link !== null && link.getAttribute('href') === location.hash) go();
  });
  addEventListener('beforeprint', () => draw(true));
  addEventListener('afterprint', () => draw(false));
  go();
}

/** What stands behind a fold is opened, where the browser does not do so itself. */
function reveal(target: HTMLElement | null): void {
  if (target === null) return;
  for (let fold = target.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  target.scrollIntoView();
}

start();
