// The messages and payloads of `ui/wire/` as JSDoc types. A test compares the two.

/** @typedef {{
 *   number: number, experiment: string, after: number, until: number, exact?: number | null,
 *   restart?: boolean,
 * }} Pull */
/** @typedef {{ number: number, experiment: string, epoch: number, rate?: number | null }} GoOn */
/** @typedef {{
 *   number: number, experiment: string, kind: "add" | "move" | "remove" | "undo" | "redo",
 *   index?: number, x?: number, y?: number, gesture?: number,
 * }} Edit */
/** @typedef {{
 *   number: number, view: "lab" | "lesson" | "present", surface?: boolean, map?: boolean,
 * }} Show */
/** @typedef {{ number: number, step: number, anew?: boolean }} OfStep */
/** @typedef {{ number: number, progress: string }} Resume */
/** @typedef {{ number: number, step: number, prediction: number }} Predict */
/** @typedef {{ number: number, experiment: string, epoch: number }} Rest */
/** @typedef {{ number: number, rate: number, scale: number }} Choose */
/** @typedef {{
 *   number: number, rate: number, scale: number, shift: number, w: number, b: number,
 *   kept?: boolean,
 * }} Keep */
/** @typedef {{ number: number, experiment: string, epoch: number, following: boolean }} Look */
/** @typedef {{ assets: string, language: string }} PartData */
/** @typedef {PartData & { plotly: string }} PreloadData */
/** @typedef {{ light: string, dark: string }} Colour */
/** @typedef {{ w: number, b: number, loss: number }} Bottom */
/** @typedef {{ best: Bottom, eigenvalues: number[], directions: number[][] }} Bowl */
/** @typedef {{
 *   xTitle: string, yTitle: string, xRange: [number, number], yRange: [number, number],
 * }} Axes */
/** @typedef {Axes & { title: string }} FitAxes */
/** @typedef {Axes & { aboveTitle: string, aboveRange: [number, number] }} LossAxes */
/** @typedef {Axes & Bowl & { feature: string, runs: number[], levels: number[] }} Surface */
/** @typedef {Bowl & {
 *   rates: [number, number], scales: [number, number], hessian: number[][], convergedLoss: number,
 *   overflowLoss: number,
 * }} MapSetup */
/** @typedef {{ epoch: string, loss: string, w: string, b: string, status: string }} Snapshots */
/** @typedef {Bowl & Colour & {
 *   slot: number, dashed: boolean, rate: number, scale: number, shift: number,
 *   start: [number, number], changes: number[], settings: string, outlook: string, expected: string,
 *   expectedEpoch: number | null, script: string, scriptName: string,
 * }} RunSetup */
/** @typedef {{
 *   plotly: string, name: string, title: string, epochs: number, recorded: string,
 *   start: Snapshots, statuses: string[], editable: boolean, x: string, y: string, unit: string,
 *   variance: number, fit: FitAxes, loss: LossAxes, surfaces: Surface[], map: MapSetup,
 *   forecast: string, forecastAbove: string, scriptHead: string, runs: RunSetup[],
 * }} Setup */
/** @typedef {{ number: number, snapshots: Snapshots }} PullAnswer */
/** @typedef {{ number: number, said: string | null }} EditAnswer */
/** @typedef {{ undo: boolean, redo: boolean, private: boolean }} EditState */
/** @typedef {PartData & {
 *   experiment: string, setup: Setup, edit: EditAnswer | null, editState: EditState, view: string,
 *   back: string, withheld: string[], surface: boolean, map: boolean, kept: boolean[],
 * }} StageData */
/** @typedef {PartData & {
 *   experiment: string, answer: PullAnswer | null, trained: number, perSecond: number,
 *   sentences: string[] | null,
 * }} TrainingData */
/** @typedef {PartData & {
 *   experiment: string, epochs: number, recorded: string, following: boolean,
 *   answered: number, wanted: number, reached: number,
 * }} GlassData */
/** @typedef {{
 *   name: string, code: string, shape: string, value: string, arriving: string, inputs: number[],
 *   constants: string[], leaf: boolean,
 * }} GraphNode */
/** @typedef {PartData & { colour: Colour, nodes: GraphNode[] }} GraphData */
/** @typedef {{
 *   size?: number, opacity?: number, hover?: string, name?: string, text?: string[],
 * }} TraceStyle */
/** @typedef {TraceStyle & {
 *   kind: "line" | "dashed" | "dotted" | "arrow" | "dots" | "rings" | "crosses" | "bars" | "words",
 *   tone: "run" | "accent" | "text" | "faint", x: (number | null)[], y: (number | null)[],
 * }} Trace */
/** @typedef {{
 *   title: string, range: [number, number] | null, every: number | null, log: boolean,
 * }} ChartAxis */
/** @typedef {{ text: string, tone: "run" | "accent" | "text" | "faint" }} Note */
/** @typedef {{
 *   title: string, label: string, x: ChartAxis, y: ChartAxis, traces: Trace[], notes: Note[],
 * }} ChartData */
/** @typedef {PartData & {
 *   plotly: string, colour: Colour, height: number, charts: ChartData[],
 * }} ChartsData */
/** @typedef {{
 *   name: string, loss: (number | null)[], w: (number | null)[], b: (number | null)[],
 * }} RaceRun */
/** @typedef {PartData & {
 *   plotly: string, name: string, colour: Colour, x: number[], y: number[],
 *   scale: number, shift: number, fit: Axes, loss: Axes, runs: RaceRun[],
 * }} RaceData */
/** @typedef {{ title: string, passed: boolean }} StepSign */
/** @typedef {{ low: number, high: number, step: number }} Range */
/** @typedef {{
 *   predicted: string, answer: string, right: boolean, explanation: [string, string][],
 * }} Outcome */
/** @typedef {PartData & {
 *   answered: number, view: string, lesson: string, progress: string, name: string,
 *   step: number, steps: StepSign[],
 *   text: [string, string][], question: [string, string][], answers: [string, string][][],
 *   range: Range | null, prediction: number | null, train: boolean, passed: boolean,
 *   missed: string, outcome: Outcome | null,
 * }} LessonData */

export {};
