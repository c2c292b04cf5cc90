// How do thousands of lamps look? One canvas: points of light, and over them the shapes of what is amiss.
import { Browser, type LatLng, Layer, type Map as LeafletMap, Point, DomUtil, Util } from "leaflet";
import type { Street } from "./street";

const LIT = "#ffc862";
const GREY = "#8ea3c6";
const OVER = ["mended", "lost", "work", "with_cabinet", "fault"]; // the later covers the earlier
const FAINT = 0.16; // what the reader has not chosen

export class Dots extends Layer {
  private canvas: HTMLCanvasElement | null = null;
  private waiting = 0;
  private points: [number, number][] = [];

  constructor(
    private street: Street,
    private readonly chosen: string,
  ) {
    super();
  }

  /** Other lamps, or the same ones after a change. */
  show(street: Street): void {
    if (street !== this.street) this.points = [];
    this.street = street;
    this.later();
  }

  onAdd(map: LeafletMap): this {
    this.canvas = DomUtil.create("canvas", "lamp-dots leaflet-zoom-hide", map.getPane("shadowPane"));
    this.canvas.setAttribute("aria-hidden", "true");
    map.on("move zoomend viewreset resize", this.later, this);
    this.later();
    return this;
  }

  onRemove(map: LeafletMap): this {
    map.off("move zoomend viewreset resize", this.later, this);
    this.canvas?.remove();
    return this;
  }

  private later(): void {
    this.waiting ||= Util.requestAnimFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  private draw(): void {
    const map = this._map;
    const pen = this.canvas?.getContext("2d");
    if (!map || !this.canvas || !pen) return;
    const size = map.getSize();
    const fine = Browser.retina ? 2 : 1;
    this.canvas.width = size.x * fine;
    this.canvas.height = size.y * fine;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    pen.scale(fine, fine);
    this.paint(pen, map, size);
  }

  private paint(pen: CanvasRenderingContext2D, map: LeafletMap, size: Point): void {
    const zoom = map.getZoom();
    const radius = zoom < 14 ? 1 : zoom < 16 ? 1.5 : zoom < 18 ? 2.5 : 4;
    const glow = sprite(radius * 4);
    const from = map.getPixelBounds().min ?? new Point(0, 0);
    const over: Record<string, [number, number][]> = {};
    this.project(map);
    this.points.forEach(([px, py], place) => {
      const x = px * 2 ** zoom - from.x;
      const y = py * 2 ** zoom - from.y;
      if (x < -20 || y < -20 || x > size.x + 20 || y > size.y + 20) return;
      const how = this.street.conditions[place] ?? "";
      if (OVER.includes(how)) (over[how] ??= []).push([x, y]);
      else this.point(pen, how, x, y, radius, glow);
    });
    this.circles(pen, map);
    for (const how of OVER) for (const [x, y] of over[how] ?? []) this.shape(pen, how, x, y, Math.max(3, radius));
    for (const cabinet of this.street.cabinets) {
      const { x, y } = map.latLngToContainerPoint([cabinet.lat, cabinet.lon]);
      if (cabinet.condition !== "on") this.shape(pen, cabinet.condition, x, y, 6);
    }
  }

  private point(pen: CanvasRenderingContext2D, how: string, x: number, y: number, radius: number, glow: CanvasImageSource): void {
    const isLit = how === "on" || how === "dimmed";
    pen.globalAlpha = this.chosen && this.chosen !== how ? FAINT : how === "dimmed" ? 0.7 : 1;
    if (how === "on") pen.drawImage(glow, x - radius * 4, y - radius * 4);
    pen.fillStyle = isLit ? LIT : GREY;
    pen.beginPath();
    pen.arc(x, y, isLit ? radius : radius * 0.7, 0, 7);
    pen.fill();
    pen.globalAlpha = 1;
  }

  /** Rings that went dark together stand inside one dashed circle. */
  private circles(pen: CanvasRenderingContext2D, map: LeafletMap): void {
    for (const { lamps } of this.street.cabinets) {
      const dark = lamps.filter((place) => this.street.conditions[place] === "with_cabinet" && place < this.street.lon.length);
      if (dark.length < 2) continue;
      const points = dark.map((place) => map.latLngToContainerPoint([this.street.lat[place] ?? 0, this.street.lon[place] ?? 0]));
      const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
      const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
      pen.setLineDash([5, 4]);
      pen.strokeStyle = "#ffb5a3";
      pen.lineWidth = 1.4;
      pen.beginPath();
      pen.arc(x, y, Math.max(...points.map((point) => Math.hypot(point.x - x, point.y - y))) + 10, 0, 7);
      pen.stroke();
      pen.setLineDash([]);
    }
  }

  private shape(pen: CanvasRenderingContext2D, how: string, x: number, y: number, half: number): void {
    pen.globalAlpha = this.chosen && this.chosen !== how ? FAINT : 1;
    pen.lineWidth = 1.5;
    pen.beginPath();
    if (how === "fault") triangle(pen, x, y, half + 2.5);
    else if (how === "with_cabinet") pen.arc(x, y, half, 0, 7);
    else if (how === "mended") tick(pen, x, y, half + 1);
    else if (how === "lost") pen.rect(x - half, y - half, 2 * half, 2 * half);
    else diamond(pen, x, y, half + 2);
    if (how === "fault") {
      pen.fillStyle = "#ff9b85";
      pen.fill();
    }
    pen.strokeStyle = { fault: "#020c20", with_cabinet: "#ffb5a3", lost: "#f4f1e8", mended: "#f4f1e8" }[how] ?? "#9cc0ff";
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Once for all zooms: pixels of the world at zoom 0. */
  private project(map: LeafletMap): void {
    if (this.points.length) return;
    const { lon, lat } = this.street;
    this.points = Array.from(lon, (value, place) => {
      const { x, y } = map.project([lat[place] ?? 0, value] as unknown as LatLng, 0);
      return [x, y];
    });
  }
}

function triangle(pen: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  pen.moveTo(x, y - half);
  pen.lineTo(x + half, y + half * 0.8);
  pen.lineTo(x - half, y + half * 0.8);
  pen.closePath();
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  pen.moveTo(x, y - half);
  pen.lineTo(x + half, y);
  pen.lineTo(x, y + half);
  pen.lineTo(x - half, y);
  pen.closePath();
}

function tick(pen: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  pen.moveTo(x - half, y);
  pen.lineTo(x - half / 4, y + half * 0.8);
  pen.lineTo(x + half, y - half * 0.8);
}

/** The light around a lamp, drawn once and stamped. */
function sprite(radius: number): HTMLCanvasElement {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = 2 * radius;
  const pen = stamp.getContext("2d");
  if (!pen) return stamp;
  const light = pen.createRadialGradient(radius, radius, 0, radius, radius, radius);
  light.addColorStop(0, "#ffc86266");
  light.addColorStop(1, "#ffc86200");
  pen.fillStyle = light;
  pen.fillRect(0, 0, 2 * radius, 2 * radius);
  return stamp;
}
