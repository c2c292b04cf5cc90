// What does a ballot count while somebody picks? How many of how many, and together how much; one too many goes back.
//
// Without it the same boxes are sent, and the server says how many are too many.

const MAN = 10_000;

const BALLOT = "form[data-ballot]";

document.addEventListener("change", ({ target }) => {
  const box = target instanceof HTMLInputElement && target.name === "choices" ? target : null;
  const form = box?.closest<HTMLFormElement>(BALLOT);
  if (!box || !form) return;
  const full = picked(form).length > Number(form.dataset.most);
  if (full) box.checked = false;
  show(form, full);
});
// A browser that comes back to the page ticks the boxes again as they were.
addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>(BALLOT).forEach((form) => show(form, false)));

function picked(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>("input[name=choices]:checked")];
}

function show(form: HTMLFormElement, full: boolean): void {
  const count = form.querySelector<HTMLElement>("[data-ballot-count]");
  if (!count) return;
  const boxes = picked(form);
  const words = full ? count.dataset.full : count.dataset.words?.replace("{n}", String(boxes.length));
  put(count.querySelector("b"), words ?? "");
  const sum = boxes.reduce((total, box) => total + Number(box.dataset.won), 0);
  put(count.querySelector("[data-ballot-cost]"), sum ? amount(sum, count.dataset.unit ?? "") : "");
  form.querySelectorAll(".ballot-segments span").forEach((part, place) => part.classList.toggle("on", place < boxes.length));
}

/** As the server writes it: 3,200만 원 in Korean. */
function amount(sum: number, unit: string): string {
  if (document.documentElement.lang !== "ko" || sum % MAN) return unit.replace("{amount}", sum.toLocaleString("en"));
  const [hundreds, tens] = [Math.floor(sum / MAN / MAN), (sum / MAN) % MAN];
  const parts = [hundreds ? `${hundreds.toLocaleString("en")}억` : "", tens || !hundreds ? `${tens.toLocaleString("en")}만` : ""];
  return `${parts.filter(Boolean).join(" ")} 원`;
}

function put(part: Element | null, text: string): void {
  if (part && part.textContent !== text) part.textContent = text;
}
