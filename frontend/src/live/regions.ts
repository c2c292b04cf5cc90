// How does a page get parts it cannot make up itself? It fetches itself and takes over the regions that changed.
//
// Focus, scroll and what stands open are kept; a page in which somebody is writing is left alone.

// A page that names its regions keeps the rest: a map, a form that is being filled in, the frame of the desk.
const REGIONS = "main:not(:has([data-live-region])), main [data-live-region], body > nav.chain";
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const FIELDS = "main textarea, main input[type=text], main form[method=post] :is(input, select)";
const HUSH = 2_000; // ms, drawn from: not all pages ask in the same moment

let asked: Promise<number | null> | null = null;

/**
 * Fetch the page again, once however many ask. The cursor that the new parts stand at; null where nothing was taken,
 * because somebody writes here or the page that came is older than `least`.
 */
export function refetch(least: number): Promise<number | null> {
  asked ??= new Promise<void>((go) => setTimeout(go, Math.random() * HUSH))
    .then(() => take(least))
    .catch(() => null)
    .finally(() => {
      asked = null;
    });
  return asked;
}

/** Is somebody in the middle of something here that must not be lost? */
export function isBeingWritten(): boolean {
  return [...document.querySelectorAll<Field>(FIELDS)].some(isChanged);
}

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.value !== (first?.value ?? "");
  }
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

async function take(least: number): Promise<number | null> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
  if (!answer.ok || answer.redirected || isBeingWritten()) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cursor = cursorOf(fresh)?.cursor ?? 0;
  if (cursor < least) return null; // out of a cache
  const [old, now] = [document, fresh].map((page) => [...page.querySelectorAll<HTMLElement>(REGIONS)]);
  if (!old || !now || old.length !== now.length) return null;
  const back = remember();
  old.forEach((region, place) => swap(region, now[place]));
  back();
  document.title = fresh.title;
  return cursor;
}

function swap(region: HTMLElement, fresh: HTMLElement | undefined): void {
  if (fresh && region.innerHTML !== fresh.innerHTML) region.replaceChildren(...document.adoptNode(fresh).childNodes);
}

/** The way to the focused element, which rows stand open and how far the page is scrolled. */
export function remember(): () => void {
  const focused = document.activeElement;
  const path = focused && focused !== document.body ? pathTo(focused) : "";
  const open = [...document.querySelectorAll("details[open]")].map(pathTo);
  const top = scrollY;
  return () => {
    for (const way of open) document.querySelector(way)?.setAttribute("open", "");
    if (path && !document.activeElement?.isSameNode(focused)) {
      document.querySelector<HTMLElement>(path)?.focus({ preventScroll: true });
    }
    scrollTo({ top, behavior: "instant" });
  };
}

function pathTo(element: Element): string {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const parent = element.parentElement;
  if (!parent) return element.localName;
  const place = [...parent.children].indexOf(element) + 1;
  return `${pathTo(parent)} > :nth-child(${place})`;
}

/** Where the feed stood when this page was made. */
export function cursorOf(page: Document): { epoch: string; cursor: number } | null {
  const content = page.querySelector<HTMLMetaElement>("meta[name=livinglab-feed]")?.content ?? "";
  const [epoch, cursor] = content.split(":");
  return epoch && cursor && /^\d+$/.test(cursor) ? { epoch, cursor: Number(cursor) } : null;
}
