// The stage of one experiment in the page: joins player, charts, transport and rows.

import { Editing } from "./editing.js";
import { listen } from "./keys.js";
import { loadPlotly, loadStyle, mounting, theme } from "./page.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { Rows } from "./rows.js";
import { unpack } from "./setup.js";
import { show } from "./shown.js";
import { Takeaway } from "./takeaway.js";
import { Trajectory } from "./trajectory.js";
import { Transport } from "./transport.js";
import { inTurn } from "./turns.js";

const REST_AFTER_MS = 180; // from the last move by hand to real traces

/** Called by Streamlit for every message; the same element keeps its stage. */
export const mount = mounting((parent, assets) => new Stage(parent, assets));

class Stage {
  constructor(parent, assets) {
    this.assets = assets;
    this.display = {
      x: "log",
      y: "log",
      layout: "together",
      surface: false,
      stop: false,
      hidden: new Set(),
    };
    this.speed = 75;
    this.pulls = 0;
    this.experiment = null;
    this.goesOn = null; // the epoch from which the next experiment goes on, or null
    this.root = document.createElement("section");
    this.root.className = "tempfit-stage";
    this.root.setAttribute("aria-label", "Stage");
    this.root.innerHTML = `
      <div class="tempfit-charts"></div>
      <div class="tempfit-transport"></div>
      <div class="tempfit-rows"></div>`;
    this.parent = parent;
    const part = (name) => this.root.querySelector(`.tempfit-${name}`);
    this.transport = new Transport(part("transport"), this.handlers());
    this.rows = new Rows(part("rows"), {
      hide: (slot) => this.show(flipped(this.display.hidden, slot)),
      solo: (slot) => this.show(this.allBut(slot)),
    });
    this.transport.goOn((rate) => this.goOn(rate));
    this.takeaway = new Takeaway(this.root.querySelector(".tempfit-take"), this);
    this.panels = new Panels(part("charts"), {
      hover: (epoch) => this.point(epoch),
      unhover: () => this.unpoint(),
      resize: () => this.rest(),
    });
    this.editing = new Editing(this);
    this.stopListening = listen(
      this.root,
      (name) => this.transport.button(name),
      () => {
        this.toggle();
        this.refresh();
      },
    );
    this.loop = (now) => {
      this.tick(now);
      this.request = requestAnimationFrame(this.loop);
    };
  }

  handlers() {
    const moved = (act) => () => {
      act();
      this.refresh();
    };
    const now = () => performance.now();
    return {
      train: moved(() => this.player.play(now())),
      pause: moved(() => this.toggle()),
      start: moved(() => this.player.seek(0)),
      back: moved(() => this.player.step(-1, now())),
      forward: moved(() => this.player.step(+1, now())),
      end: moved(() => this.player.toEnd(now())),
      scrub: (place) => {
        this.player.seek(this.setup.schedule[place]);
        this.refresh();
      },
      rest: () => this.restSoon(0),
      choose: (name, value) => this.choose(name, value),
    };
  }

  toggle() {
    if (this.player.state === "playing") this.player.pause();
    else this.player.play(performance.now());
  }

  choose(name, value) {
    if (name === "speed") {
      this.speed = this.player.speed = Number(value);
      return;
    }
    this.display[name] = value;
    if (name === "stop") {
      this.markStops();
      this.refresh();
    }
    if (name === "layout") this.transport.allow("surface", value === "together");
    if (name === "layout" || name === "surface") this.arrange();
    // The axes change at once; what is playing goes on over them.
    this.rest();
  }

  arrange() {
    this.panels.arrange(this.Plotly, this.setup, this.trajectory, this.display);
    this.editing.attach();
  }

  /** Show the readings on axes that have changed. */
  refit() {
    this.arrange();
    this.rest();
  }

  /** Show all runs but the hidden ones, by their slots. */
  show(hidden) {
    this.display.hidden = hidden;
    this.rows.mark();
    this.rest();
  }

  /** The slots to hide so that one run is left; all runs again if it is the only one already. */
  allBut(slot) {
    const others = this.setup.runs.map((run) => run.slot).filter((other) => other !== slot);
    const alone = others.every((other) => this.display.hidden.has(other));
    return new Set(alone ? [] : others);
  }

  /** Take a message of the server's: another experiment, more snapshots, or both. */
  async receive({ data, setTriggerValue }) {
    this.setTriggerValue = (...said) => inTurn(() => setTriggerValue(...said));
    await loadStyle(this.assets);
    this.theme = theme(this.parent);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    if (data.setup && data.experiment !== this.experiment) await this.begin(data);
    // Not before there is something to train: a button that is there must work.
    if (this.player && !this.root.isConnected) this.parent.append(this.root);
    if (data.experiment !== this.experiment) return;
    this.standing = data;
    this.editing.answered(data.edit);
    if (data.answer) {
      this.trajectory.merge(data.answer.snapshots);
      this.markStops();
      this.player.answered(data.answer.number, performance.now());
    }
    this.refresh();
    if (!data.answer) this.rest();
  }

  /** Start over with another experiment, at its epoch 0. */
  async begin({ experiment, setup, edit }) {
    this.Plotly = await loadPlotly(setup.plotly);
    this.experiment = experiment;
    this.packedSetup = setup;
    this.setup = unpack(setup);
    this.editing.begin(this.setup, edit);
    this.trajectory = new Trajectory(setup.runs.length);
    this.trajectory.merge(setup.start);
    this.markStops();
    this.player = new Player({
      trajectory: this.trajectory,
      schedule: this.setup.schedule,
      ask: (request) => this.pull(request),
      stops: (index) => this.display.stop && this.trajectory.allEnded(index),
    });
    this.player.speed = this.speed;
    // An experiment that goes on from another one is shown where that one stood.
    if (this.goesOn !== null) this.player.seek(this.goesOn);
    this.goesOn = null;
    this.transport.reset(this.setup);
    this.rows.reset(this.setup, this.trajectory, this.display);
    this.rows.mark();
    this.arrange();
    if (!this.request) this.request = requestAnimationFrame(this.loop);
  }

  /** Show in all charts and rows what was at an epoch that is pointed at, while at rest. */
  point(epoch) {
    if (epoch === undefined || this.player.state === "playing") return;
    const index = this.trajectory.indexAt(epoch);
    this.pointing = true;
    this.panels.point(index, this.theme);
    this.rows.frame(index);
    this.transport.pointed(epoch);
  }

  unpoint() {
    if (!this.pointing || this.player.state === "playing") return;
    this.pointing = false;
    this.panels.unpoint();
    this.rows.frame(this.player.index);
    this.transport.frame(this.player);
  }

  /** Stop each run where it has first converged, if that is wanted; the main run not before the
   * last change of its rate. */
  markStops() {
    const { trajectory, setup, display } = this;
    const converged = setup.statuses.indexOf("converged");
    const since = (r) => (r === 0 ? (setup.changes.at(-1) ?? 0) : 0);
    trajectory.stops = trajectory.status.map((codes, r) => {
      if (!display.stop) return Infinity;
      const first = codes.findIndex(
        (code, k) => code === converged && trajectory.epoch[k] >= since(r),
      );
      return first < 0 ? Infinity : first;
    });
  }

  /** Go on from the epoch shown: at another learning rate, or for twice as many epochs. */
  goOn(rate) {
    this.player.pause();
    this.goesOn = this.player.epoch;
    this.setTriggerValue("go_on", { epoch: this.goesOn, rate });
  }

  /** Ask the server for snapshots; return the request as sent. */
  pull(request) {
    const number = ++this.pulls;
    this.setTriggerValue("pull", {
      ...request, // first: one that is sent again still has its old number
      number,
      experiment: this.experiment,
      after: this.trajectory.lastEpoch,
      equipped: true,
    });
    return { ...request, number };
  }

  tick(now) {
    if (!this.player) return;
    const { state } = this.player;
    const moved = this.player.tick(now);
    if (moved) this.frame(now);
    else this.rows.catchUp(now);
    if (this.player.state !== state) this.refresh();
  }

  /** Show the present snapshot everywhere; `now` is the time of an animation frame, if it is one. */
  frame(now = null) {
    const { index } = this.player;
    this.panels.frame(index, this.theme);
    this.rows.frame(index, now);
    this.transport.frame(this.player);
  }

  /** Show the present snapshot and state; come to rest soon unless playing. */
  refresh() {
    if (!this.player) return;
    this.transport.state(this.player, this.standing ?? { trained: 0 });
    const playing = this.player.state === "playing";
    const edge = this.player.epoch === this.standing?.trained && this.player.epoch > 0;
    this.rows.say(!playing && edge ? this.standing.sentences : null);
    if (this.trajectory.epoch[this.player.index] !== this.shownEpoch) this.frame();
    if (playing) clearTimeout(this.resting);
    else this.restSoon();
    this.shownEpoch = this.trajectory.epoch[this.player.index];
  }

  restSoon(after = REST_AFTER_MS) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), after);
  }

  /** Hand the present snapshot to Plotly. While playing, only the axes and sizes are renewed. */
  async rest() {
    if (!this.player) return;
    clearTimeout(this.resting);
    this.rows.frame(this.player.index);
    this.transport.frame(this.player);
    await this.panels.rest(this.player.index, this.theme);
    if (this.player.state === "playing") this.frame();
    else if (this.player.wanted === null) show(this.experiment, this.player.epoch);
  }

  destroy() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.resting);
    this.stopListening();
    this.takeaway.destroy();
    this.transport.destroy();
    this.panels.destroy();
    this.root.remove();
  }
}

/** A set with a member put in or, if it was in, taken out. */
function flipped(set, member) {
  const copy = new Set(set);
  if (!copy.delete(member)) copy.add(member);
  return copy;
}
