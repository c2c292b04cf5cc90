// What is lit tonight? A map of one district without tiles: our borders, every lamp, and the cells the server cuts.
//
// Loaded on map pages only. The list beside it says the same and works without any of this.
import { control, DomEvent, divIcon, geoJSON, Map as LeafletMap, marker, popup } from "leaflet";
import type { FeatureCollection } from "geojson";
import { Dots } from "./map/dots";
import { Marks } from "./map/marks";
import { type Item, load, type Street } from "./map/street";
import { counts, mark, playedUntil, tell } from "./map/words";
import "./styles/map.css";

const AGAIN = 300; // ms in which reasons for a new snapshot are gathered
const MOST_LISTED = 30;
const CLOSEST = 19;
const FINDINGS = ["FindingOpened", "FindingClosed"]; // between dusk and dawn no lamp switches, and these go on

interface Dong {
  code: string;
  ko: string;
  en: string;
  at: [number, number];
}

class LampMap extends HTMLElement {
  private street!: Street;
  private dots!: Dots;
  private marks!: Marks;
  private map!: LeafletMap;
  private changed = new Map<number, string>();
  private drawing = 0;
  private loading = 0;
  private newest = 0; // word of any lamp, by the clock of a played night

  connectedCallback(): void {
    this.draw().catch(() => this.apologise());
  }

  private async draw(): Promise<void> {
    const district = this.dataset.district ?? "";
    const [borders, street] = await Promise.all([
      fetch(`/live/boundaries?district=${district}`).then((answer) => answer.json() as Promise<FeatureCollection>),
      load(district, pageCursor()),
    ]);
    this.street = street;
    this.map = this.sheet();
    this.ground(borders);
    this.dots = new Dots(street, this.dataset.state ?? "").addTo(this.map);
    const { group = "", lights = "" } = this.dataset;
    this.marks = new Marks(street, district, group, lights, {
      open: (places, at) => this.open(places, at),
      outdated: () => this.reload(),
    }).addTo(this.map);
    this.tellTime([street.clock]);
    this.update();
    document.addEventListener("live-items", (event) => this.hear(event as CustomEvent<Item[]>));
    document.dispatchEvent(new Event("live-listening"));
  }

  private sheet(): LeafletMap {
    const box = document.createElement("div");
    box.className = "lamp-canvas";
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", this.dataset.label ?? "");
    this.replaceChildren(box);
    const map = new LeafletMap(box, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false, // the page scrolls; the wheel is the map's once it has the focus
      dragging: !matchMedia("(pointer: coarse)").matches, // one finger scrolls the page, two move the map
      maxZoom: CLOSEST,
      zoomSnap: 0.25, // so that a whole district fills the sheet
      fadeAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    const { zoomIn = "", zoomOut = "" } = this.dataset;
    control.zoom({ position: "topright", zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
    return map;
  }

  private ground(borders: FeatureCollection): void {
    const chosen = this.dataset.dong ?? "";
    const land = geoJSON(borders, {
      style: (feature) => ({ className: feature?.properties.code === chosen ? "dong-land dong-land--chosen" : "dong-land" }),
      onEachFeature: (feature, layer) => layer.on("click", () => this.go((feature.properties as Dong).code)),
    });
    const whole = land.getBounds();
    land.eachLayer((layer) => {
      const one = layer as unknown as { feature: { properties: Dong }; getBounds: typeof land.getBounds };
      if (one.feature.properties.code === chosen) this.map.fitBounds(one.getBounds());
    });
    if (!chosen || chosen === "none") this.map.fitBounds(whole, { padding: [24, 24] }); // room for the marks at its edge
    this.map.setMinZoom(Math.min(this.map.getZoom(), this.map.getBoundsZoom(whole)));
    this.map.setMaxBounds(whole.pad(0.3));
    land.addTo(this.map);
    for (const { properties } of borders.features) this.name(properties as Dong, chosen);
  }

  private name({ code, ko, en, at }: Dong, chosen: string): void {
    const box = document.createElement("span");
    box.textContent = this.dataset.tongue === "en" ? en : ko;
    box.dataset.dongName = code;
    const className = code === chosen ? "dong-name dong-name--chosen" : "dong-name";
    const icon = divIcon({ html: box, className, iconSize: [0, 0] });
    const label = marker([at[1], at[0]], { icon, interactive: false, keyboard: false }).addTo(this.map);
    label.getElement()?.setAttribute("aria-hidden", "true"); // the list names them
  }

  private go(dong: string): void {
    location.href = `${this.dataset.page}?${new URLSearchParams({ district: this.dataset.district ?? "", dong })}`;
  }

  private hear(event: CustomEvent<Item[]>): void {
    event.preventDefault(); // it is heard
    this.tellTime(event.detail.map((item) => (FINDINGS.includes(item.kind) ? item.at : (item.state.since ?? ""))));
    const changed = this.street.take(event.detail);
    if (changed === null) return this.reload();
    for (const [place, how] of changed) this.changed.set(place, how);
    if (changed.size) this.drawing ||= requestAnimationFrame(() => this.update());
  }

  /** The clock of a played night goes on with what is told; moments that nobody told are empty. */
  private tellTime(moments: string[]): void {
    const told = moments.filter(Boolean).map((moment) => Date.parse(moment));
    this.newest = Math.max(this.newest, ...told);
    if (this.newest) playedUntil(this.newest);
  }

  private update(): void {
    this.drawing = 0;
    this.dots.show(this.street);
    this.marks.show(this.street);
    tell(this.street, this.dataset.dong ?? "", this.changed);
    this.changed.clear();
    const amiss = counts(this.street);
    for (const label of this.querySelectorAll<HTMLElement>("[data-dong-name]")) {
      const counted = amiss.get(label.dataset.dongName ?? "") ?? {};
      label.parentElement?.classList.toggle("dong-name--amiss", Boolean(counted.fault || counted.with_cabinet));
    }
  }

  /** What happened can be told by a new snapshot only; many reasons make one. */
  private reload(): void {
    this.loading ||= window.setTimeout(() => {
      const before = this.street;
      load(this.dataset.district ?? "", this.street.cursor)
        .then((street) => {
          this.street = street;
          this.tellTime([street.clock]);
          street.conditions.forEach((how, place) => this.changed.set(place, how));
          this.update();
          if (street.version !== before.version) this.marks.ask();
        })
        .catch(() => undefined) // the next item asks again
        .finally(() => (this.loading = 0));
    }, AGAIN);
  }

  private open(places: number[], at: [number, number]): void {
    const box = document.createElement("div");
    const list = document.createElement("ul");
    list.className = "lamp-found";
    list.append(...places.slice(0, MOST_LISTED).map((place) => this.line(place)));
    box.append(list);
    if (places.length > MOST_LISTED) box.append(`+ ${places.length - MOST_LISTED}`);
    const shown = popup({ maxHeight: 260, autoPan: true, className: "lamp-popup" }).setLatLng(at).setContent(box).openOn(this.map);
    shown.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.dataset.close ?? "");
    box.querySelector("a")?.focus({ preventScroll: true });
    DomEvent.on(box, "keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape") this.map.closePopup(shown);
    });
    shown.once("remove", () => this.marks.focusNear(at));
  }

  private line(place: number): HTMLLIElement {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = (this.dataset.devices ?? "").replace("/0/", `/${encodeURIComponent(this.street.tag(place))}/`);
    link.textContent = this.street.number(place);
    line.append(link, " ", mark(this.street.conditions[place] ?? "unheard"));
    return line;
  }

  private apologise(): void {
    const words = document.createElement("p");
    words.className = "lamp-failed";
    words.textContent = this.dataset.failed ?? "";
    this.replaceChildren(words);
  }
}

function pageCursor(): number {
  const content = document.querySelector<HTMLMetaElement>("meta[name=livinglab-feed]")?.content ?? "";
  return Number(content.split(":")[1] ?? 0);
}

customElements.define("lamp-map", LampMap);
