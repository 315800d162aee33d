// One step of the lesson beside the stage: predict, train, see, and why it is so.

import { Channel } from "../channel.js";
import { button, element } from "../elements.js";
import { mounting } from "../loader.js";
import { outbox } from "../server.js";
import { follow, shown } from "../shown.js";
import { say } from "../words.js";
import { answers, PRIMARY, range } from "./answers.js";
import { listen } from "./goes_on.js";
import { keep, kept } from "./kept.js";
import { written } from "./told.js";

/** @import {Component} from "../loader.js" */
/** @import {LessonData, Outcome} from "../types.js" */

/** @typedef {Omit<LessonData, "answered">} Step */

export const mount = mounting(() => new OpenStep(), ["shared.css", "lesson/lesson.css"]);

class OpenStep {
  constructor() {
    this.top = element("div", {});
    // Stays in place, so that what is written into it is read out, once.
    this.said = element("div", { className: "tempfit-outcome", role: "status" });
    this.ways = element("div", { className: "tempfit-ways" });
    const look = { className: "tempfit-lesson tempfit-controls", ariaLabel: say("Lesson") };
    this.root = element("section", look, this.top, this.said, this.ways);
    this.root.dataset.testid = "lesson-step";
    /** @type {Step | null} */
    this.data = null;
    /** @type {Channel<object>} */
    this.rests = new Channel("rest", outbox);
    /** @type {import("../channel.js").Send} */
    this.send = () => {};
    this.unfollow = follow(() => this.rest());
    this.deafen = listen(this.root, () => this.onward());
  }

  /** @param {Component<LessonData>} component */
  receive({ data: { answered, ...data }, setTriggerValue }) {
    this.send = this.rests.send = setTriggerValue;
    this.rests.answered(answered);
    const before = this.data;
    if (before && JSON.stringify(before) === JSON.stringify(data)) return;
    this.data = data;
    Object.assign(this.root.dataset, {
      step: data.step,
      passed: data.passed,
      view: data.view,
    });
    const turned = before?.step !== data.step;
    const focused = this.top.contains(document.activeElement);
    this.top.replaceChildren(...this.question(data));
    const heading = this.root.querySelector("h2");
    if (turned && before) heading?.focus();
    this.tell(data);
    this.ways.replaceChildren(...this.nav(data));
    if (focused && !turned) this.primary()?.focus({ preventScroll: true });
    if (before && !turned && this.isNews(data, before)) this.bringIntoView();
    if (!before) this.rest();
    this.remember(before, data);
  }

  /**
   * Offer what the browser has kept of a lesson when it opens, and keep what is done in it.
   * @param {Step | null} before @param {Step} data
   */
  remember(before, { lesson, progress }) {
    if (before?.lesson !== lesson) {
      const earlier = kept(lesson);
      if (earlier && earlier !== progress) this.tellServer("resume", { progress: earlier });
    } else if (before.progress !== progress) keep(lesson, progress);
  }

  /** @param {Step} data */
  question(data) {
    const question = { className: "question", id: "tempfit-question" };
    const reply = (/** @type {number} */ prediction) =>
      this.tellServer("predict", { step: data.step, prediction });
    const title = `${data.step}. ${data.steps[data.step - 1].title}`;
    const anew = button(say("Start over"), () => this.turn(1, true));
    const lab = button(say("Back to the lab"), () => this.tellServer("show", { view: "lab" }));
    const leaving = data.progress ? [anew, lab] : [lab];
    const name = element("span", {}, data.name);
    return [
      element("div", { className: "tempfit-name" }, name, ...leaving),
      this.steps(data),
      element("h2", { tabIndex: -1 }, title),
      element("p", { className: "text" }, ...written(data.text)),
      element("p", question, ...written(data.question)),
      // What was predicted stands in the outcome too.
      ...(data.outcome ? [] : [data.range ? range(data, data.range, reply) : answers(data, reply)]),
    ];
  }

  /** The list of all steps, each of them a button. @param {Step} data */
  steps({ steps, step, name: lesson }) {
    const items = steps.map(({ title, passed }, place) => {
      const values = { step: place + 1, title };
      const properties = {
        className: passed ? "passed" : "",
        title: `${place + 1}. ${title}`,
        ariaCurrent: place + 1 === step ? "step" : null,
        ariaLabel: passed
          ? say("Step {step}: {title}, passed", values)
          : say("Step {step}: {title}", values),
      };
      const text = passed ? "✓" : String(place + 1);
      return element(
        "li",
        {},
        button(text, () => this.turn(place + 1), properties),
      );
    });
    return element("ol", { className: "tempfit-steps", ariaLabel: lesson }, ...items);
  }

  /** Say what came of the step, or how far off the last run was. @param {Step} data */
  tell({ outcome, missed }) {
    const near = missed ? [element("p", { className: "missed" }, missed)] : [];
    const said = outcome ? told(outcome) : near;
    if (element("div", {}, ...said).textContent === this.said.textContent) return;
    this.said.replaceChildren(...said);
  }

  /** The ways on and back. @param {Step} data */
  nav(data) {
    const { step, steps, passed, prediction, train, outcome } = data;
    const back = button(say("Previous"), () => this.turn(step - 1), { disabled: step === 1 });
    const on = step === steps.length ? say("What I found") : say("Next step");
    const next = button(on, () => this.turn(step + 1), passed && outcome ? PRIMARY : {});
    if (passed && !outcome) {
      const reveal = () => this.tellServer("reveal", { step });
      return [back, button(say("Reveal"), reveal, PRIMARY), next];
    }
    if (!passed && train && prediction !== null)
      return [back, button(say("Train"), () => this.train(), PRIMARY), next];
    return [back, next];
  }

  primary() {
    return /** @type {HTMLButtonElement | null} */ (this.ways.querySelector(".primary"));
  }

  /** What Space does while nothing is left to train; whether there is such a thing. */
  onward() {
    const { data } = this;
    if (!data?.passed) return false;
    this.primary()?.click();
    return true;
  }

  /** Press the stage's own button, and show the stage where it stands below the step. */
  train() {
    const stage = document.querySelector(".tempfit-stage");
    const below = this.root.getBoundingClientRect().bottom;
    if (stage && stage.getBoundingClientRect().top >= below)
      stage.scrollIntoView({ block: "nearest", behavior: "smooth" });
    /** @type {HTMLButtonElement | null} */ (stage?.querySelector("[data-do=train]"))?.click();
  }

  /** @param {number} step */
  turn(step, anew = false) {
    // The summary begins at its top; in a step it is the heading that is shown.
    if (step > (this.data?.steps.length ?? 0)) document.querySelector(".stMain")?.scrollTo(0, 0);
    this.tellServer("turn", { step, anew });
  }

  /** Tell the server where the stage rests. */
  rest() {
    const rest = shown();
    if (rest) this.rests.ask(rest);
  }

  /** @param {string} name @param {object} message */
  tellServer(name, message) {
    outbox.tell(this.send, name, message);
  }

  /**
   * Whether there is something new to be read: the outcome, or how far off a run was at its end.
   * @param {Step} now @param {Step} before
   */
  isNews(now, before) {
    if (now.outcome) return !before.outcome;
    const ended = document.querySelector(".tempfit-stage [data-state=finished]");
    return Boolean(ended && now.missed && now.missed !== before.missed);
  }

  bringIntoView() {
    this.said.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  destroy() {
    this.rests.forget();
    this.unfollow();
    this.deafen();
    this.root.remove();
  }
}

/** What was predicted and what came, one below the other, and why. @param {Outcome} outcome */
function told({ predicted, answer, right, explanation }) {
  const list = element("dl", {});
  const row = (/** @type {string} */ name, /** @type {string} */ text) =>
    list.append(element("dt", {}, name), element("dd", {}, text));
  const both = predicted === answer; // then it is said once
  if (predicted) row(say("You predicted"), right && both ? `✓ ${predicted}` : predicted);
  if (!both) row(say("In fact"), right ? `✓ ${answer}` : answer);
  return [list, element("p", {}, ...written(explanation))];
}
