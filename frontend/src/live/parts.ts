// How does one part of a page follow its thing? It fetches itself alone from `data-live-part`, soon and by itself.
//
// Meant for what grows, such as a thread: what was there stays as it is, what is new slides in.
import { remember } from "./regions";

const SOON = 200; // ms, drawn from: not all pages ask in the same moment
const AGAIN = 3_000; // ms after a fetch that failed

const waiting = new Set<string>(); // ids of parts that are being asked for
const late = new Set<string>(); // ids of parts that changed once more meanwhile

/** Fetch the part again; a change that comes while it is under way asks once more after it. */
export function renewPart(part: HTMLElement): void {
  if (waiting.has(part.id)) late.add(part.id);
  else void ask(part.id, Math.random() * SOON);
}

async function ask(id: string, wait: number): Promise<void> {
  waiting.add(id);
  await new Promise<void>((go) => setTimeout(go, wait));
  late.delete(id); // what was told until now is in the answer to come
  const there = await take(id).catch(() => false);
  waiting.delete(id);
  if (!there || late.has(id)) void ask(id, there ? SOON : AGAIN);
}

/** True when the part is as new as the answer, or gone from the page. */
async function take(id: string): Promise<boolean> {
  const from = document.getElementById(id)?.dataset.livePart;
  if (!from) return true;
  const answer = await fetch(from, { headers: { Accept: "text/html" } });
  if (!answer.ok) return answer.status < 500;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  const part = document.getElementById(id);
  if (fresh && part) swap(part, document.adoptNode(fresh));
  return true;
}

function swap(part: HTMLElement, fresh: HTMLElement): void {
  const back = remember();
  for (const item of fresh.querySelectorAll<HTMLElement>(".post[id]")) {
    if (!document.getElementById(item.id)) item.classList.add("post--just-said");
  }
  part.replaceChildren(...fresh.childNodes);
  if (part.dataset.livePart?.includes("since=0")) part.dataset.livePart = fresh.dataset.livePart; // it was empty
  Object.assign(part.dataset, { posts: fresh.dataset.posts, fact: fresh.dataset.fact });
  back();
  showInChain(part);
}

/** The wire of the page counts what the part holds. */
function showInChain({ id, dataset }: HTMLElement): void {
  const fact = document.querySelector<HTMLElement>(`body > nav.chain-object a[href$="#${CSS.escape(id)}"] .place-fact`);
  if (fact && dataset.fact) fact.textContent = dataset.fact;
}
