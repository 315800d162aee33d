// The stage of one experiment in the page: joins player, charts, transport and rows.

import { finder, loadPlotly, mounting } from "../loader.js";
import { themeOf } from "../theme.js";
import { Announcer } from "./announcer.js";
import { Corners } from "./charts/corners.js";
import { Panels } from "./charts/panels.js";
import { showChosen, standard } from "./display.js";
import { Editing } from "./editing/editing.js";
import { listen } from "./keys.js";
import { Steering } from "./map/steering.js";
import { Options } from "./options.js";
import { moves } from "./playing/moves.js";
import { Pace } from "./playing/pace.js";
import { markStops, played } from "./playing/playing.js";
import { Transport, usualSpeed } from "./playing/transport.js";
import { Screen } from "./screen.js";
import { section } from "./section.js";
import { STYLES } from "./styles.js";
import { GhostBar } from "./succession/ghost_bar.js";
import { Succession } from "./succession/succession.js";
import { Takeaway } from "./takeaway/takeaway.js";
import { Talk } from "./talk.js";
import { training } from "./training.js";
import { Views } from "./views.js";

/** @import {Component} from "../loader.js" */
/** @import {StageData} from "../types.js" */
/** @import {Display} from "./display.js" */
/** @import {Speed} from "./playing/pace.js" */
/** @import {Player} from "./playing/player.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Handlers} from "./playing/transport.js" */
/** @import {Ghost} from "./charts/figure.js" */
/** @import {Before} from "./succession/succession.js" */

/** Called by Streamlit for every message; the same element keeps its stage. */
export const mount = mounting((before) => new Stage(before), STYLES);

class Stage {
  /** @param {Before | null} before the same stage in another language */
  constructor(before) {
    this.root = section();
    const find = finder(this.root);
    this.frame = find(".tempfit-frame");
    // A replay begins as it looked when it was made.
    const usual = { ...standard(themeOf(this.frame)), ...window.tempfitReplay };
    /** @type {Display} */
    this.display = before?.display ?? usual;
    /** @type {Speed} */
    this.speed = before?.speed ?? usualSpeed();
    /** @type {Playing | null} */
    this.playing = null;
    this.place = find(".tempfit-rows");
    this.help = /** @type {HTMLDialogElement} */ (find("dialog"));
    this.talk = new Talk(() => this.playing);
    this.succession = new Succession(before, this.talk, () => this.playing);
    this.views = new Views(this.root, this.display, this.talk);
    this.transport = new Transport(find(".tempfit-player"), this.handlers());
    this.options = new Options(find(".tempfit-options"), this.handlers());
    this.announcer = new Announcer(find(".tempfit-announcer"));
    this.panels = new Panels(find(".tempfit-charts"), {
      hover: (epoch) => this.screen.point(epoch),
      unhover: () => this.screen.unpoint(),
      resize: () => this.resized(),
    });
    this.screen = new Screen(this);
    this.steering = new Steering(this);
    this.editing = new Editing({
      channel: this.talk.edits,
      chart: () => (this.display.layout === "together" ? (this.panels.charts[0] ?? null) : null),
      readings: () => this.playing?.experiment ?? { x: [], y: [] },
      refit: () => this.arrange(),
    });
    this.ghostBar = new GhostBar(find(".tempfit-before"), {
      forget: () => this.arrange(null),
      keep: (run) => this.succession.keep(run),
    });
    this.corners = new Corners((scale) => this.choose("surfaceScale", scale));
    this.takeaway = new Takeaway(
      find(".tempfit-take"),
      () => this.shown(),
      () => this.still(),
    );
    training.listener = () => this.learn();
    this.stopListening = listen(this.root, (name) => this.transport.button(name), {
      leave: () => this.steering.drop() || this.views.leave(),
    });
  }

  /** What was trained before. */
  get ghost() {
    return this.succession.ghost;
  }

  /** What the buttons do, the keys and the choices. @returns {Handlers} */
  handlers() {
    const move = (/** @type {(player: Player) => void} */ act) => {
      if (this.playing) act(this.playing.player);
      this.screen.refresh();
    };
    return {
      ...moves(move),
      rest: () => this.screen.restSoon(0),
      choose: (name, value) => this.choose(name, value),
      goOn: (rate) => this.succession.goOn(rate),
      lesson: () => this.views.lesson(),
      present: () => this.views.present(),
      screen: () => this.views.fillScreen(),
      keys: () => (this.help.open ? this.help.close() : this.help.showModal()),
    };
  }

  /** Fit type and charts to the room there is now. */
  resized() {
    if (!this.playing) return;
    this.display.theme = themeOf(this.frame);
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
    if (name === "stop" && this.playing) {
      markStops(this.playing, this.display);
      this.screen.refresh();
    }
    if (name === "surface" || name === "map") this.views.tell();
    // The axes change at once; what is playing goes on over them.
    if (["layout", "surface", "surfaceScale", "map"].includes(name)) this.arrange();
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

  /** Show an experiment, or the same in another way. @param {Component<StageData>} component */
  async receive({ data, setTriggerValue }) {
    this.talk.by(setTriggerValue);
    const others = this.views.show(data);
    showChosen(this.root, { ...this.display, speed: this.speed });
    this.display.theme = themeOf(this.frame);
    const edited = this.editing.answered(data.edit, data.editState);
    if (data.experiment !== this.playing?.name) await this.begin(data, edited);
    else if (others) this.arrange();
    if (this.playing) Object.assign(this.playing.standing, data);
    this.learn();
    this.screen.refresh();
    this.screen.rest();
  }

  /** Take in how far training has come, and an answer if there is one. */
  learn() {
    const { playing } = this;
    const word = training.last;
    if (!playing || word?.experiment !== playing.name) return;
    Object.assign(playing.standing, word);
    if (word.answer) {
      playing.player.take(word.answer);
      markStops(playing, this.display);
    }
    this.screen.refresh();
  }

  /**
   * Start over with another experiment, at its epoch 0.
   * @param {StageData} data @param {boolean} edited whether its readings are those edited here
   */
  async begin(data, edited) {
    const { setup, experiment: name } = data;
    const plotly = await loadPlotly(setup.plotly);
    this.talk.begin(name);
    this.editing.begin(setup.editable, edited);
    const last = this.playing;
    const { display, speed, announcer, talk } = this;
    const hide = (/** @type {Set<number>} */ slots) => this.hide(slots);
    const parts = played(setup, { display, speed, announcer, talk, hide });
    const { experiment, rows } = parts;
    const standing = { ...data, answer: null, trained: 0, perSecond: 0, sentences: null };
    this.playing = { ...parts, name, plotly, setup, standing };
    announcer.reset();
    this.place.replaceChildren(...rows.elements);
    markStops(this.playing, display);
    this.succession.begin(this.playing, last, this.steering.taken());
    if (display.withheld) this.succession.ghost = null; // it might give the answer away
    this.transport.reset(experiment);
    this.root.hidden = false;
    this.screen.begin(this.playing);
    this.layOut();
  }

  /** Lay the charts out as is chosen, and draw them. @param {Ghost | null} ghost */
  arrange(ghost = this.ghost) {
    this.succession.ghost = ghost;
    this.layOut();
    this.screen.rest();
  }

  layOut() {
    if (!this.playing) return;
    const { plotly, experiment, trajectory, standing } = this.playing;
    const fit = { ...experiment.fit, ...this.editing.fixed };
    const scene = { ...experiment, fit, ghost: this.ghost };
    this.panels.arrange(plotly, scene, trajectory, this.display);
    this.editing.attach();
    this.steering.attach(standing.assets ? this.panels.charts : []); // a replay has no server
    this.corners.place(this.panels.charts, this.display);
    this.ghostBar.show(this.ghost, experiment);
  }

  /** Bring what is shown to rest. */
  async still() {
    this.playing?.player.pause();
    await this.screen.rest();
  }

  /** What can be taken along. */
  shown() {
    const { playing, root, display, panels } = this;
    return playing && { ...playing, panels, root, display };
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
