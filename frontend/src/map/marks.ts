// How does one reach lamps on the map? A button for each cell of the view that the server cut; arrow keys go between.
import { DomUtil, Layer, type LatLngBoundsExpression, latLngBounds, type Map as LeafletMap, Point } from "leaflet";
import type { Street } from "./street";
import { word } from "./words";

type Cell = [lon: number, lat: number, first: number, places: number, lamps: number];

const TOLD = ["fault", "with_cabinet", "work", "mended", "lost", "on", "dimmed", "off", "unheard"];
const CELL = 64; // pixels at a whole zoom, as the server cuts them
const WIDE = 44; // of a mark, for a finger; map.css says it too
const ALONE = 28; // of the mark of one lamp
const CONTROLS = new Point(80, 132); // the corner in which the buttons of the map stand
const AMISS = ["fault", "with_cabinet", "work", "lost"];
const STEPS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export interface Opener {
  /** Lamps that stand together however close one looks, or one lamp alone. */
  open(places: number[], at: [number, number]): void;
  /** The server has cut another list than the one we hold. */
  outdated(): void;
}

export class Marks extends Layer {
  private group: HTMLElement | null = null;
  private cells: Cell[] = [];
  private goingOn = false; // somebody pressed a mark to come closer, and is hidden while the map moves
  private asking: AbortController | null = null;

  constructor(
    private street: Street,
    private readonly district: string,
    private readonly label: string,
    private readonly lights: string,
    private readonly opener: Opener,
  ) {
    super();
  }

  show(street: Street): void {
    this.street = street;
    for (const button of this.buttons()) this.word(button);
  }

  onAdd(map: LeafletMap): this {
    this.group = DomUtil.create("div", "lamp-marks leaflet-zoom-hide", map.getPane("markerPane"));
    this.group.setAttribute("role", "group");
    this.group.setAttribute("aria-label", this.label);
    this.group.addEventListener("keydown", (event) => this.steer(event));
    this.group.addEventListener("click", (event) => this.press(event));
    map.on("moveend", this.ask, this);
    this.ask();
    return this;
  }

  onRemove(map: LeafletMap): this {
    map.off("moveend", this.ask, this);
    this.group?.remove();
    return this;
  }

  /** Let the reader go on with the keyboard from here: degrees, or the middle of the view. */
  focusNear(at: [number, number] = [this._map.getCenter().lat, this._map.getCenter().lng]): void {
    const { x, y } = this._map.latLngToContainerPoint(at);
    this.nearest(x, y)?.focus({ preventScroll: true });
  }

  ask(): void {
    this.asking?.abort();
    this.asking = new AbortController();
    const bounds = this._map.getBounds().pad(0.05).toBBoxString();
    const query = new URLSearchParams({ district: this.district, bbox: bounds, zoom: String(Math.round(this._map.getZoom())) });
    fetch(`/live/clusters?${query}`, { signal: this.asking.signal })
      .then((answer) => (answer.ok ? (answer.json() as Promise<{ version: string; cells: Cell[] }>) : Promise.reject(answer)))
      .then(({ version, cells }) => (version === this.street.version ? this.lay(cells) : this.opener.outdated()))
      .catch(() => undefined); // moved on meanwhile, or no line: the points and the list are there
  }

  private lay(cells: Cell[]): void {
    if (!this.group) return;
    const hadFocus = this.group.contains(document.activeElement);
    this.cells = cells.sort((a, b) => b[1] - a[1] || a[0] - b[0]); // from the north, as one reads
    this.group.replaceChildren(...this.cells.flatMap((cell, number) => this.button(cell, number)));
    const [first] = this.buttons();
    if (first) first.tabIndex = 0;
    if (hadFocus || this.goingOn) this.focusNear();
    this.goingOn = false;
  }

  private button([lon, lat, , places]: Cell, number: number): HTMLButtonElement[] {
    const spot = this.inside(lon, lat, places === 1 ? ALONE / 2 : WIDE / 2);
    if (this.isCovered(spot)) return [];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lamp-mark";
    button.tabIndex = -1; // one of them is made the one that Tab comes to
    button.dataset.cell = String(number);
    DomUtil.setPosition(button, this._map.containerPointToLayerPoint(spot));
    this.word(button);
    return [button];
  }

  /** In the middle of its lamps, but so far from the edge of its cell that no two marks touch. */
  private inside(lon: number, lat: number, half: number): Point {
    const zoom = Math.round(this._map.getZoom());
    const margin = Math.min(CELL / 2, half / 2 ** (this._map.getZoom() - zoom));
    const { x, y } = this._map.project([lat, lon], zoom);
    const kept = [x, y].map((at) => {
      const edge = Math.floor(at / CELL) * CELL;
      return Math.min(edge + CELL - margin, Math.max(edge + margin, at));
    });
    return this._map.latLngToContainerPoint(this._map.unproject(kept as [number, number], zoom));
  }

  /** Beyond the edge of the sheet, or under the buttons for closer and farther. */
  private isCovered({ x, y }: Point): boolean {
    const size = this._map.getSize();
    const isOutside = x < WIDE / 2 || y < WIDE / 2 || x > size.x - WIDE / 2 || y > size.y - WIDE / 2;
    return isOutside || (x > size.x - CONTROLS.x && y < CONTROLS.y);
  }

  private word(button: HTMLButtonElement): void {
    const [, , first, places, lamps] = this.cell(button);
    const counted: Record<string, number> = {};
    for (let place = first; place < first + places; place++) {
      const how = this.street.conditions[place] ?? "unheard";
      counted[how] = (counted[how] ?? 0) + this.street.count(place);
    }
    const told = TOLD.filter((how) => counted[how]).map((how) => (places === 1 ? word(how) : `${word(how)} ${counted[how]}`));
    const name = places === 1 ? this.street.number(first) : this.lights.replace("{n}", String(lamps));
    button.setAttribute("aria-label", `${name}: ${told.join(", ")}`);
    button.dataset.shown = places === 1 ? name : String(lamps);
    button.classList.toggle("lamp-mark--one", places === 1);
    button.classList.toggle("lamp-mark--amiss", AMISS.some((how) => counted[how]));
  }

  private press(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>(".lamp-mark");
    if (!button) return;
    event.stopPropagation();
    const [lon, lat, first, places] = this.cell(button);
    const held = Array.from({ length: places }, (_, step) => first + step);
    const around = latLngBounds(held.map((place) => [this.street.lat[place] ?? lat, this.street.lon[place] ?? lon]));
    const isFar = this._map.getZoom() < this._map.getMaxZoom() && around.getNorthEast().distanceTo(around.getSouthWest()) > 1;
    if (places > 1 && isFar) this.closer(around);
    else this.opener.open(held, [lat, lon]);
  }

  private closer(around: LatLngBoundsExpression): void {
    const zoom = Math.max(Math.floor(this._map.getZoom()) + 1, Math.min(this._map.getMaxZoom(), this._map.getBoundsZoom(around)));
    this.goingOn = true;
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this._map.setView(latLngBounds(around as never).getCenter(), zoom, { animate });
  }

  private steer(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const button = (event.target as Element).closest<HTMLButtonElement>(".lamp-mark");
    if (event.key === "+" || event.key === "=" || event.key === "-") this._map.zoomIn(event.key === "-" ? -1 : 1);
    if (!step || !button) return;
    event.preventDefault();
    event.stopPropagation(); // the map would pan
    const [x, y] = this.spot(button);
    const next = this.best((dx, dy) => {
      const along = dx * step[0] + dy * step[1];
      const aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
      return along > 1 && aside <= 2 * along ? along + 2 * aside : Infinity;
    }, x, y);
    next?.focus();
  }

  private nearest(x: number, y: number): HTMLButtonElement | undefined {
    return this.best(Math.hypot, x, y);
  }

  /** The button in view with the least cost from a spot; it becomes the one that Tab comes to. */
  private best(cost: (dx: number, dy: number) => number, x: number, y: number): HTMLButtonElement | undefined {
    const size = this._map.getSize();
    let found: HTMLButtonElement | undefined;
    let least = Infinity;
    for (const button of this.buttons()) {
      const [left, top] = this.spot(button);
      const price = left < 0 || top < 0 || left > size.x || top > size.y ? Infinity : cost(left - x, top - y);
      if (price < least) [found, least] = [button, price];
    }
    if (found) for (const button of this.buttons()) button.tabIndex = button === found ? 0 : -1;
    return found;
  }

  private spot(button: HTMLButtonElement): [number, number] {
    const [lon, lat] = this.cell(button);
    const { x, y } = this._map.latLngToContainerPoint([lat, lon]);
    return [x, y];
  }

  private cell(button: HTMLElement): Cell {
    return this.cells[Number(button.dataset.cell)] ?? [0, 0, 0, 0, 0];
  }

  private buttons(): HTMLButtonElement[] {
    return [...(this.group?.querySelectorAll<HTMLButtonElement>(".lamp-mark") ?? [])];
  }
}
