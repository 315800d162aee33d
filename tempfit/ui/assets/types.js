// The messages and payloads of `ui/wire/` as JSDoc types. A test compares the two.

/** @typedef {{
 *   number: number, experiment: string, after: number, until: number, exact?: number | null,
 *   restart?: boolean, equipped?: boolean,
 * }} Pull */
/** @typedef {{ number: number, experiment: string, epoch: number, rate?: number | null }} GoOn */
/** @typedef {{
 *   number: number, experiment: string, kind: "add" | "move" | "remove", index?: number,
 *   x?: number, y?: number,
 * }} Edit */
/** @typedef {{ number: number, view: "lab" | "lesson" | "present" }} Show */
/** @typedef {{ number: number, step: number }} Turn */
/** @typedef {{ number: number, step: number, prediction: number }} Predict */
/** @typedef {{ number: number, experiment: string, epoch: number }} Rest */
/** @typedef {{ number: number, step: number }} Reveal */
/** @typedef {{ number: number, name: string, cancel?: boolean }} MapPull */
/** @typedef {{ number: number, rate: number, scale: number }} MapChoice */
/** @typedef {{ number: number, experiment: string, epoch: number, following: boolean }} Look */
/** @typedef {{ assets: string, plotly: string }} PreloadData */
/** @typedef {{ light: string, dark: string }} Colour */
/** @typedef {{ w: number, b: number, loss: number }} Params */
/** @typedef {{ best: Params, eigenvalues: number[], directions: number[][] }} Bowl */
/** @typedef {{
 *   xTitle: string, yTitle: string, xRange: [number, number], yRange: [number, number],
 * }} Axes */
/** @typedef {Axes & { title: string }} FitAxes */
/** @typedef {Axes & { aboveTitle: string, aboveRange: [number, number] }} LossAxes */
/** @typedef {Axes & Bowl & { original: boolean, levels: number[] }} Surface */
/** @typedef {{ epoch: string, loss: string, w: string, b: string, status: string }} Snapshots */
/** @typedef {Bowl & Colour & {
 *   slot: number, dashed: boolean, rate: number, scale: number, shift: number, changes: number[],
 *   settings: string, outlook: string, expected: string, expectedEpoch: number | null,
 *   convergedLoss: number, script: string | null,
 * }} RunSetup */
/** @typedef {{
 *   plotly: string, epochs: number, recorded: string, start: Snapshots, statuses: string[],
 *   editable: boolean, x: string, y: string, unit: string, fit: FitAxes, loss: LossAxes,
 *   surface: Surface, forecast: string, forecastAbove: string, runs: RunSetup[],
 * }} Setup */
/** @typedef {{ number: number, snapshots: Snapshots }} Answer */
/** @typedef {{ number: number, said: string | null }} EditAnswer */
/** @typedef {{
 *   assets: string, experiment: string, setup: Setup | null, answer: Answer | null,
 *   edit: EditAnswer | null, view: string, back: string, withheld: string[], trained: number,
 *   perSecond: number, sentences: string[] | null,
 * }} StageData */
/** @typedef {{ scales: number[], rates: number[] }} Limit */
/** @typedef {Colour & { rate: number, scale: number }} MapRun */
/** @typedef {{
 *   name: string, plotly: string, epochs: number, rates: number[], scales: number[], limit: Limit,
 *   best: number, unit: string, statuses: string[], runs: MapRun[],
 * }} MapSetup */
/** @typedef {{
 *   assets: string, setup: MapSetup, answered: number, epoch: number, loss: string | null,
 *   status: string | null,
 * }} MapData */
/** @typedef {{
 *   assets: string, experiment: string, epochs: number, recorded: string, following: boolean,
 *   answered: number, wanted: number, reached: number,
 * }} GlassData */
/** @typedef {{
 *   name: string, code: string, shape: string, value: string, arriving: string, inputs: number[],
 *   constants: string[], leaf: boolean,
 * }} GraphNode */
/** @typedef {{ assets: string, colour: Colour, nodes: GraphNode[] }} GraphData */
/** @typedef {{
 *   title: string, label: string, x: Record<string, any>, y: Record<string, any>,
 *   traces: Record<string, any>[], notes: Record<string, any>[],
 * }} PanelData */
/** @typedef {{
 *   assets: string, plotly: string, colour: Colour, height: number, panels: PanelData[],
 * }} ChartsData */
/** @typedef {{
 *   name: string, loss: (number | null)[], w: (number | null)[], b: (number | null)[],
 * }} RaceRun */
/** @typedef {{
 *   assets: string, plotly: string, name: string, colour: Colour, x: number[], y: number[],
 *   scale: number, shift: number, fit: Axes, loss: Axes, runs: RaceRun[],
 * }} RaceData */
/** @typedef {{ title: string, passed: boolean }} StepSign */
/** @typedef {{ low: number, high: number, step: number }} Range */
/** @typedef {{
 *   predicted: string, answer: string, right: boolean, explanation: [string, string][],
 * }} Outcome */
/** @typedef {{
 *   assets: string, answered: number, view: string, name: string, step: number, steps: StepSign[],
 *   text: [string, string][], question: [string, string][], answers: [string, string][][],
 *   range: Range | null, prediction: number | null, train: boolean, passed: boolean,
 *   missed: string, outcome: Outcome | null,
 * }} LessonData */

export {};
