// The stage of one experiment in the page: joins player, charts, transport and rows.

import { finder, loadPlotly, mounting } from "../loader.js";
import { themeOf } from "../theme.js";
import { Announcer } from "./announcer.js";
import { cornerButton } from "./corner.js";
import { allBut, flipped, showChosen, standard } from "./display.js";
import { Editing } from "./editing.js";
import { convergedAt, unpack } from "./experiment.js";
import { ghostBeside } from "./ghost.js";
import { listen } from "./keys.js";
import { Options } from "./options.js";
import { Pace } from "./pace.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { Rows } from "./rows.js";
import { Screen } from "./screen.js";

import { section } from "./section.js";
import { STYLES } from "./styles.js";
import { Takeaway } from "./takeaway.js";
import { Talk } from "./talk.js";
import { Trajectory } from "./trajectory.js";
import { Transport, usualSpeed } from "./transport.js";

/** @import {Component} from "../loader.js" */
/** @import {Setup, StageData} from "../types.js" */
/** @import {Display} from "./display.js" */
/** @import {Speed} from "./pace.js" */
/** @import {Playing} from "./screen.js" */
/** @import {Handlers} from "./transport.js" */
/** @import {Ghost} from "./view.js" */

/** Called by Streamlit for every message; the same element keeps its stage. */
export const mount = mounting((before) => new Stage(before), STYLES);

/**
 * What stays of a stage that speaks another language from now on.
 * @typedef {{ display: Display, speed: Speed, playing: Playing | null, ghost: Ghost | null }} Carried
 */

class Stage {
  /** @param {Carried | null} before the same stage in another language */
  constructor(before) {
    this.display = before?.display ?? standard();
    this.speed = before?.speed ?? usualSpeed();
    this.view = "lab";
    /** @type {Playing | null} */
    this.playing = null;
    /** @type {number | null} */
    this.goesOn = before?.playing?.player.epoch ?? null; // where the next experiment goes on from
    this.playsOn = before?.playing?.player.moving ?? false; // whether it does so by itself
    this.root = section();
    const find = finder(this.root);
    this.frame = find(".tempfit-frame");
    this.place = find(".tempfit-rows");
    this.help = /** @type {HTMLDialogElement} */ (find("dialog"));
    this.talk = new Talk(() => this.playing);
    this.transport = new Transport(find(".tempfit-player"), this.handlers());
    this.options = new Options(find(".tempfit-options"), this.handlers());
    this.announcer = new Announcer(find(".tempfit-announcer"));
    this.panels = new Panels(find(".tempfit-charts"), {
      hover: (epoch) => this.screen.point(epoch),
      unhover: () => this.screen.unpoint(),
      resize: () => this.resized(),
    });
    this.screen = new Screen(this);
    this.editing = new Editing({
      channel: this.talk.edits,
      chart: () => (this.display.layout === "together" ? (this.panels.charts[0] ?? null) : null),
      readings: () => this.playing?.experiment ?? { x: [], y: [] },
      refit: () => this.arrange(),
    });
    this.stretch = cornerButton("Stretch", "Let the two axes have different scales", () => {
      const stretched = this.display.surfaceScale === "stretched";
      this.choose("surfaceScale", stretched ? "equal" : "stretched");
    });
    /** @type {Ghost | null} */
    this.ghost = before?.ghost ?? null; // what was trained before
    this.dismiss = cornerButton("✕ before", "Take the picture from before off the charts", () => {
      this.ghost = null;
      this.arrange();
    });
    this.takeaway = new Takeaway(
      find(".tempfit-take"),
      () => this.shown(),
      () => this.still(),
    );
    showChosen(this.root, { ...this.display, speed: this.speed });
    this.stopListening = listen(this.root, (name) => this.transport.button(name), {
      leave: () => this.leave(),
    });
  }

  /** What the buttons do, the keys and the choices. @returns {Handlers} */
  handlers() {
    const move = (/** @type {(player: Player) => void} */ act) => () => {
      if (this.playing) act(this.playing.player);
      this.screen.refresh();
    };
    return {
      train: move((player) => player.toggle()),
      start: move((player) => player.seek(0)),
      back: move((player) => player.step(-1)),
      forward: move((player) => player.step(+1)),
      end: move((player) => player.toEnd()),
      scrub: (epoch) => move((player) => player.seek(epoch))(),
      rest: () => this.screen.restSoon(0),
      choose: (name, value) => this.choose(name, value),
      goOn: (rate) => this.goOn(rate),
      present: () => this.present(this.view === "lab"),
      screen: () => this.fillScreen(),
      keys: () => (this.help.open ? this.help.close() : this.help.showModal()),
    };
  }

  /** Show the charts alone and large, or everything. @param {boolean} present */
  present(present) {
    if (present === (this.view === "present")) return;
    this.talk.show(present ? "present" : "lab");
  }

  /** Leave what was opened last: the screen's edges, or the view for the back row. */
  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.present(false);
  }

  async fillScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  }

  /** Fit type and charts to the room there is now. */
  resized() {
    if (!this.playing) return;
    this.screen.theme = themeOf(this.frame);
    if (this.panels.crowded(this.display, this.playing.experiment)) this.arrange();
    else this.screen.rest();
  }

  /** @param {string} name @param {string | boolean} value */
  choose(name, value) {
    if (name === "speed") {
      this.speed = /** @type {Speed} */ (value);
      this.keepPace();
      return;
    }
    Object.assign(this.display, { [name]: value });
    if (name === "x") this.keepPace();
    if (name === "stop") {
      this.markStops();
      this.screen.refresh();
    }
    // The axes change at once; what is playing goes on over them.
    if (["layout", "surface", "surfaceScale"].includes(name)) this.arrange();
    else this.screen.rest();
  }

  /** Play at the speed that is chosen, along the axis that is. */
  keepPace() {
    if (!this.playing) return;
    const { player, experiment } = this.playing;
    player.pace = new Pace(this.display.x, experiment.epochs, this.speed);
  }

  /** Show all runs but some. @param {Set<number>} slots */
  hide(slots) {
    this.display.hidden = slots;
    this.playing?.rows.mark();
    this.screen.rest();
  }

  /**
   * Take a message of the server's: another experiment, more snapshots, or both.
   * @param {Component<StageData>} component
   */
  async receive({ data, setTriggerValue }) {
    this.talk.by(setTriggerValue);
    this.show(data.view);
    const edited = this.editing.answered(data.edit);
    if (data.experiment !== this.playing?.name) {
      if (!data.setup) {
        this.talk.equip(data.experiment);
        return;
      }
      await this.begin(data, data.setup, edited);
    } else if (data.experiment !== this.talk.name) {
      this.talk.begin(data.experiment); // another one was asked for, and has gone again
    }
    if (!this.playing) return;
    this.playing.standing = data;
    if (data.answer) {
      this.playing.player.take(data.answer);
      this.markStops();
    }
    this.screen.refresh();
    if (!data.answer) this.screen.rest();
  }

  /** Take the view that the page has. @param {string} view */
  show(view) {
    this.view = view;
    this.root.dataset.view = view;
    this.transport.button("present").textContent = view === "lab" ? "Present" : "Back to the lab";
    this.screen.theme = themeOf(this.frame);
  }

  /**
   * Start over with another experiment, at its epoch 0.
   * @param {StageData} standing @param {Setup} setup
   * @param {boolean} edited whether its readings are those edited here
   */
  async begin(standing, setup, edited) {
    const plotly = await loadPlotly(setup.plotly);
    this.talk.begin(standing.experiment);
    this.editing.begin(setup.editable, edited);
    const last = this.playing;
    this.playing = { ...this.played(setup), name: standing.experiment, plotly, setup, standing };
    const { experiment, player, rows } = this.playing;
    // Gone on with, a run is the same as before.
    this.ghost = ghostBeside(experiment, this.goesOn === null ? last : null, this.ghost);
    this.announcer.reset();
    this.place.replaceChildren(...rows.elements);
    this.markStops();
    // An experiment that goes on from another one is shown where that one stood.
    if (this.goesOn !== null) player.seek(this.goesOn);
    if (this.playsOn) player.play();
    this.goesOn = null;
    this.playsOn = false;
    this.transport.reset(experiment);
    this.root.hidden = false;
    this.screen.begin(this.playing);
    this.layOut();
  }

  /** An experiment at its start, what plays it, and where its numbers stand. @param {Setup} setup */
  played(setup) {
    const experiment = unpack(setup);
    const trajectory = new Trajectory(setup.runs.length);
    trajectory.merge(setup.start);
    const player = new Player({
      trajectory,
      recorded: experiment.recorded,
      channel: this.talk.pulls,
      stops: (index) => this.display.stop && trajectory.allEnded(index),
      pace: new Pace(this.display.x, experiment.epochs, this.speed),
      smooth: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    const rows = new Rows(experiment, trajectory, this.display, {
      hide: (slot) => this.hide(flipped(this.display.hidden, slot)),
      solo: (slot) => this.hide(allBut(this.display.hidden, experiment.runs, slot)),
      became: (label, status) => this.announcer.became(label, status),
    });
    return { experiment, trajectory, player, rows };
  }

  /** Lay the charts out as is chosen, and draw them. */
  arrange() {
    this.layOut();
    this.screen.rest();
  }

  layOut() {
    if (!this.playing) return;
    const { plotly, experiment, trajectory } = this.playing;
    const fit = { ...experiment.fit, ...this.editing.axes };
    const scene = { ...experiment, fit, ghost: this.ghost };
    this.panels.arrange(plotly, scene, trajectory, this.display);
    this.editing.attach();
    this.dismiss.remove();
    if (this.ghost && this.display.layout === "together") {
      this.panels.charts[1].place.append(this.dismiss);
    }
    if (this.display.surface) this.panels.charts.at(-1)?.place.append(this.stretch);
    this.stretch.ariaPressed = String(this.display.surfaceScale === "stretched");
  }

  /** Stop each run where it has converged, if that is wanted. */
  markStops() {
    if (!this.playing) return;
    const { experiment, trajectory } = this.playing;
    trajectory.stops = this.display.stop
      ? convergedAt(experiment, trajectory)
      : experiment.runs.map(() => Infinity);
  }

  /**
   * Go on from the epoch shown: at another learning rate, or for twice as many epochs.
   * @param {number | null} rate
   */
  goOn(rate) {
    if (!this.playing) return;
    const { player } = this.playing;
    player.pause();
    this.goesOn = player.epoch;
    this.talk.goOn(player.epoch, rate);
  }

  /** Bring what is shown to rest. */
  async still() {
    this.playing?.player.pause();
    await this.screen.rest();
  }

  /** What can be taken along. */
  shown() {
    const { playing, root } = this;
    const { theme } = this.screen;
    return playing && theme ? { ...playing, theme, charts: this.panels.charts, root } : null;
  }

  destroy() {
    this.talk.end();
    this.screen.end();
    this.stopListening();
    this.takeaway.destroy();
    this.options.destroy();
    this.panels.destroy();
    this.root.remove();
  }
}
