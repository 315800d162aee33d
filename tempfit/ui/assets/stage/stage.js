// The stage of one experiment in the page: joins player, charts, transport and rows.

import { Channel } from "../channel.js";
import { finder, loadPlotly, mounting } from "../loader.js";
import { line } from "../server.js";
import { themeOf } from "../theme.js";
import { Announcer } from "./announcer.js";
import { allBut, flipped, standard } from "./display.js";
import { Editing } from "./editing.js";
import { convergedAt, unpack } from "./experiment.js";
import { listen } from "./keys.js";
import { Options } from "./options.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { replayHtml } from "./replay.js";
import { Rows } from "./rows.js";
import { Screen } from "./screen.js";
import { section } from "./section.js";
import { Takeaway } from "./takeaway.js";
import { Trajectory } from "./trajectory.js";
import { Transport, usualSpeed } from "./transport.js";

/** @import {Send} from "../channel.js" */
/** @import {Component} from "../loader.js" */
/** @import {Setup, StageData} from "../types.js" */
/** @import {Change} from "./editing.js" */
/** @import {Request} from "./player.js" */
/** @import {Playing} from "./screen.js" */
/** @import {Handlers} from "./transport.js" */

export const STYLES = ["shared.css", "stage/stage.css"];

/** Called by Streamlit for every message; the same element keeps its stage. */
export const mount = mounting(() => new Stage(), STYLES);

class Stage {
  constructor() {
    this.display = standard();
    this.speed = usualSpeed();
    this.view = "lab";
    this.name = ""; // of the experiment that is on the page
    /** @type {Playing | null} */
    this.playing = null;
    /** @type {number | null} */
    this.goesOn = null; // the epoch from which the next experiment goes on
    /** @type {Send} */
    this.send = () => {};
    this.root = section();
    const find = finder(this.root);
    this.frame = find(".tempfit-frame");
    this.place = find(".tempfit-rows");
    this.help = /** @type {HTMLDialogElement} */ (find("dialog"));
    /** @type {Channel<Request>} */
    this.pulls = new Channel("pull", line, (request) => this.addressed(request));
    /** @type {Channel<Change>} */
    this.edits = new Channel("edit", line, (change) => ({ ...change, experiment: this.name }));
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
      channel: this.edits,
      chart: () => (this.display.layout === "together" ? (this.panels.charts[0] ?? null) : null),
      readings: () => this.playing?.experiment ?? { x: [], y: [] },
      refit: () => this.arrange(),
    });
    this.takeaway = new Takeaway(
      find(".tempfit-take"),
      () => this.shown(),
      () => this.still(),
    );
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
    line.tell(this.send, "show", { view: present ? "present" : "lab" });
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
      this.speed = Number(value);
      if (this.playing) this.playing.player.speed = this.speed;
      return;
    }
    Object.assign(this.display, { [name]: value });
    if (name === "stop") this.markStops();
    if (name === "layout") this.options.allow("surface", value === "together");
    // The axes change at once; what is playing goes on over them.
    if (name === "layout" || name === "surface") this.arrange();
    else this.screen.rest();
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
    this.send = this.pulls.send = this.edits.send = setTriggerValue;
    this.show(data.view);
    const edited = this.editing.answered(data.edit);
    if (data.experiment !== this.playing?.name) {
      if (!data.setup) {
        this.equip(data.experiment);
        return;
      }
      await this.begin(data, data.setup, edited);
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

  /** Ask for the setup of an experiment whose first message has not come. @param {string} name */
  equip(name) {
    if (this.name === name) return;
    this.name = name;
    this.pulls.forget();
    this.pulls.ask({ until: 0 });
  }

  /**
   * Add to a request what the page has of the experiment when it is sent.
   * @param {Request} request
   */
  addressed(request) {
    const known = this.playing?.name === this.name ? this.playing : null;
    const after = known?.trajectory.lastEpoch ?? -1;
    return { ...request, experiment: this.name, after, equipped: known !== null };
  }

  /**
   * Start over with another experiment, at its epoch 0.
   * @param {StageData} standing @param {Setup} setup
   * @param {boolean} edited whether its readings are those edited here
   */
  async begin(standing, setup, edited) {
    const plotly = await loadPlotly(setup.plotly);
    this.name = standing.experiment;
    this.pulls.forget();
    this.editing.begin(setup.editable, edited);
    const experiment = unpack(setup);
    const trajectory = new Trajectory(setup.runs.length);
    trajectory.merge(setup.start);
    const player = new Player({
      trajectory,
      recorded: experiment.recorded,
      channel: this.pulls,
      stops: (index) => this.display.stop && trajectory.allEnded(index),
      speed: this.speed,
    });
    const rows = new Rows(experiment, trajectory, this.display, {
      hide: (slot) => this.hide(flipped(this.display.hidden, slot)),
      solo: (slot) => this.hide(allBut(this.display.hidden, experiment.runs, slot)),
      became: (label, status) => this.announcer.became(label, status),
    });
    this.announcer.reset();
    this.place.replaceChildren(...rows.elements);
    const { name } = this;
    this.playing = {
      name,
      plotly,
      setup,
      experiment,
      trajectory,
      player,
      rows,
      standing,
    };
    this.markStops();
    // An experiment that goes on from another one is shown where that one stood.
    if (this.goesOn !== null) player.seek(this.goesOn);
    this.goesOn = null;
    this.transport.reset(experiment);
    this.root.hidden = false;
    this.screen.begin(this.playing);
    this.arrange();
  }

  /** Lay the charts out as is chosen. */
  arrange() {
    if (!this.playing) return;
    const { plotly, experiment, trajectory } = this.playing;
    const fit = { ...experiment.fit, ...this.editing.axes };
    this.panels.arrange(plotly, { ...experiment, fit }, trajectory, this.display);
    this.editing.attach();
    this.screen.rest();
  }

  /** Stop each run where it has converged, if that is wanted. */
  markStops() {
    if (!this.playing) return;
    const { experiment, trajectory } = this.playing;
    trajectory.stops = this.display.stop
      ? convergedAt(experiment, trajectory)
      : experiment.runs.map(() => Infinity);
    this.screen.refresh();
  }

  /**
   * Go on from the epoch shown: at another learning rate, or for twice as many epochs.
   * @param {number | null} rate
   */
  goOn(rate) {
    if (!this.playing) return;
    const { name: experiment, player } = this.playing;
    player.pause();
    this.goesOn = player.epoch;
    line.tell(this.send, "go_on", { experiment, epoch: player.epoch, rate });
  }

  /** Bring what is shown to rest. */
  async still() {
    this.playing?.player.pause();
    await this.screen.rest();
  }

  /** What can be taken along. */
  shown() {
    const { playing, root } = this;
    if (!playing || !this.screen.theme) throw new Error("there is nothing on the stage yet");
    const { experiment, trajectory, standing } = playing;
    return {
      experiment,
      trajectory,
      theme: this.screen.theme,
      charts: this.panels.charts,
      at: (/** @type {number} */ r) => playing.rows.at(r),
      replay: () =>
        replayHtml({
          data: { ...standing, setup: playing.setup },
          plotly: experiment.plotly,
          snapshots: trajectory.pack(),
          styles: STYLES,
          root,
        }),
    };
  }

  destroy() {
    this.pulls.forget();
    this.edits.forget();
    this.screen.end();
    this.stopListening();
    this.takeaway.destroy();
    this.options.destroy();
    this.panels.destroy();
    this.root.remove();
  }
}
