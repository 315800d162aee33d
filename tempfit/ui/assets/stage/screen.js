// Shows what the player plays: in the charts, the rows and the transport, moving and at rest.

import { finder } from "../loader.js";
import { show } from "../shown.js";
import { SnapshotTable } from "./runs/snapshots.js";

/** @import {Announcer} from "./announcer.js" */
/** @import {Display} from "./display.js" */
/** @import {Panels} from "./charts/panels.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Transport} from "./playing/transport.js" */

const REST_AFTER_MS = 180; // from the last move by hand to real traces

export class Screen {
  /**
   * @param {{
   *   root: HTMLElement, display: Display, panels: Panels, transport: Transport,
   *   announcer: Announcer,
   * }} parts
   */
  constructor({ root, display, panels, transport, announcer }) {
    this.display = display;
    this.panels = panels;
    this.transport = transport;
    this.announcer = announcer;
    /** @type {Playing | null} */
    this.playing = null;
    this.shownEpoch = -1;
    this.pointing = false;
    this.frames = 0;
    this.resting = 0;
    this.snapshots = new SnapshotTable(
      finder(root)(".tempfit-snapshots"),
      () => this.playing,
      (epoch) => {
        this.playing?.player.seek(epoch);
        this.refresh();
      },
    );
  }

  /** Show an experiment, and go on showing what its player plays. @param {Playing} playing */
  begin(playing) {
    this.playing = playing;
    this.shownEpoch = -1;
    if (this.frames) return;
    const loop = (/** @type {number} */ now) => {
      this.tick(now);
      this.frames = requestAnimationFrame(loop);
    };
    this.frames = requestAnimationFrame(loop);
  }

  end() {
    cancelAnimationFrame(this.frames);
    clearTimeout(this.resting);
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing) return;
    const { player, rows } = this.playing;
    const { state } = player;
    if (player.tick(now)) this.frame(now);
    else rows.catchUp(now);
    if (player.state !== state) this.refresh();
  }

  /**
   * Show the present snapshot everywhere; `now` is the time of an animation frame, if it is one.
   * @param {number | null} now
   */
  frame(now = null) {
    if (!this.playing) return;
    const { player, rows } = this.playing;
    this.panels.frame(player.position);
    // Between two snapshots only the charts move.
    if (now !== null && player.index === rows.index) rows.catchUp(now);
    else rows.frame(player.index, now);
    this.transport.frame(player.epoch);
  }

  /** Show the present snapshot and state; come to rest soon unless playing. */
  refresh() {
    if (!this.playing) return;
    const { experiment, player, rows, standing } = this.playing;
    this.transport.state(player, standing);
    const still = player.state !== "playing";
    const atLast = still && player.epoch === standing.trained && player.epoch > 0;
    rows.say(standing.sentences, atLast);
    rows.hold(standing.kept);
    if (player.epoch === 0) this.announcer.reset();
    if (player.epoch !== this.shownEpoch) this.frame();
    if (player.state === "finished" && atLast && standing.sentences) {
      const labels = experiment.runs.map(({ label }) => label);
      this.announcer.ended(labels, standing.sentences);
    }
    this.shownEpoch = player.epoch;
    if (still) this.restSoon();
    else clearTimeout(this.resting);
  }

  restSoon(after = REST_AFTER_MS) {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rest(), after);
  }

  /** Hand the present snapshot to Plotly. While playing, only the axes and sizes are renewed. */
  async rest() {
    clearTimeout(this.resting);
    if (!this.playing) return;
    const { name, player, rows } = this.playing;
    rows.frame(player.index);
    this.transport.frame(player.epoch);
    this.snapshots.fill();
    await this.panels.rest(player.index);
    if (player.state === "playing" || this.display.preview) this.frame();
    else if (player.wanted === null) show(name, player.epoch);
  }

  /**
   * Show in all charts and rows what was at an epoch that is pointed at, while at rest.
   * @param {number | undefined} epoch
   */
  point(epoch) {
    if (epoch === undefined || !this.playing) return;
    const { player, rows, trajectory } = this.playing;
    if (player.state === "playing") return;
    const index = trajectory.indexAt(epoch);
    this.pointing = true;
    this.panels.point(index);
    rows.frame(index);
    this.transport.pointed(epoch);
  }

  unpoint() {
    if (!this.pointing || !this.playing || this.playing.player.state === "playing") return;
    const { player, rows } = this.playing;
    this.pointing = false;
    this.panels.unpoint();
    rows.frame(player.index);
    this.transport.frame(player.epoch);
  }
}
