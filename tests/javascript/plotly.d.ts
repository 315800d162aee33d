// What the page uses of plotly.js, which brings no types: functions, and an axis's inner parts.

declare namespace Plotly {
  type Trace = Record<string, any>;
  type Layout = Record<string, any>;

  interface Title {
    text: string;
    font: { size: number };
  }

  interface Axis {
    _offset: number;
    _length: number;
    type: string;
    title: Title;
    range: [number, number];
    /** From the axis's own numbers (logarithms on a log axis) to data. */
    l2d(value: number): number;
    /** From data to pixels from the axis's start, and back. */
    d2p(value: number): number;
    p2d(pixel: number): number;
  }

  interface FullLayout {
    width: number;
    height: number;
    font: { size: number };
    xaxis: Axis;
    yaxis: Axis;
  }

  interface Point {
    x: number;
    y: number;
    customdata?: number[];
  }

  interface Plot extends HTMLDivElement {
    /** Set by the first drawing. */
    _fullLayout?: FullLayout;
    data: Trace[];
    layout: Layout;
    on(event: string, handler: (event: { points: Point[] }) => void): void;
  }

  interface Library {
    react(place: Element, traces: Trace[], layout: Layout, config: object): Promise<Plot>;
    purge(place: Element): void;
    toImage(figure: { data: Trace[]; layout: Layout }, options: object): Promise<string>;
  }
}

interface Window {
  Plotly: Plotly.Library;
  /** Loaded once a page; the file of a replay sets all before anything asks for them. */
  tempfitPlotly?: Promise<Plotly.Library>;
  tempfitStyles?: Record<string, Promise<unknown>>;
  tempfitReplay?: Partial<import("../../tempfit/ui/assets/stage/display.js").Display>;
  tempfitWords?: Record<string, Promise<Record<string, string | string[]> | null>>;
}
