// Time: what is drawn now or then. The run goes on while one looks back; steps are spans, their ends are marks.
import { $, element } from './dom.js';
import { word } from './words.js';

const MAX_FRAMES = 9000;
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const STEP = 0.2;

export class Timeline {
  constructor() {
    this.clear(0);
    this.mode = 'live';
    this.speed = 1;
    $('cursor').addEventListener('input', (e) => { this.mode = 'still'; this.to(Number(e.target.value)); });
    $('live').addEventListener('click', () => { this.mode = 'live'; this.show(); });
    $('play').addEventListener('click', () => this.toggle());
    $('cursor').addEventListener('keydown', (e) => {
      const by = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageUp: 10 * STEP, PageDown: -10 * STEP }[e.key];
      if (!by) return;
      e.preventDefault();
      this.mode = 'still';
      this.to(this.at + by);
    });
    $('speed').replaceChildren(...SPEEDS.map((x) => Object.assign(element('option', '', `${x}×`), { value: x, selected: x === 1 })));
    $('speed').addEventListener('change', () => { this.speed = Number($('speed').value); });
  }

  clear(count) {
    this.tracks = Array.from({ length: count }, () => ({ frames: [], beliefs: [], ghosts: [] }));
    this.mode = 'live';
    this.at = 0;
    this.spanKey = '';
  }

  to(at) {
    this.at = Math.min(this.end(), Math.max(this.begin(), at));
    this.show();
  }

  /** Plays what is whole already, from its beginning; world by world `frames`, `beliefs`, `ghosts`. */
  play(tracks) {
    this.clear(0);
    this.tracks = tracks;
    this.mode = 'play';
    this.to(0);
  }

  /** A world begins anew in the same slot. */
  restart(slot) { this.tracks[slot] = { frames: [], beliefs: [], ghosts: [] }; }

  frame(f) {
    const track = this.tracks[f[0]];
    if (!track) return;
    const last = track.frames.at(-1);
    if (last && f[1] < last[1] - 0.2) this.restart(f[0]);
    const frames = this.tracks[f[0]].frames;
    frames.push(f);
    if (frames.length > MAX_FRAMES) frames.splice(0, MAX_FRAMES / 10);
  }

  note(kind, slot, e, t) { this.tracks[slot]?.[kind].push({ t: t ?? e.t ?? 0, e }); }

  toggle() {
    if (this.mode === 'live') this.at = this.end();
    this.mode = this.mode === 'play' || this.mode === 'live' ? 'still' : 'play';
    if (this.mode === 'play' && this.at >= this.end() - 0.05) this.at = this.begin();
    this.show();
  }

  begin() { return Math.min(...this.tracks.map((t) => t.frames[0]?.[1] ?? Infinity)); }

  end() { return Math.max(0, ...this.tracks.map((t) => t.frames.at(-1)?.[1] ?? 0)); }

  tick(ms, whole) {
    if (this.mode === 'play') {
      this.at += (ms / 1000) * (whole ? this.speed : 1);
      if (this.at >= this.end()) { this.at = this.end(); this.mode = whole ? 'still' : 'live'; this.show(); }
    }
    if (this.mode === 'live') this.at = this.end();
  }

  /** Index of the frame to draw, or -1. */
  index(slot) {
    const f = this.tracks[slot]?.frames ?? [];
    if (this.mode === 'live') return f.length - 1;
    let lo = 0;
    let hi = f.length - 1;
    while (lo < hi) {
      const m = (lo + hi + 1) >> 1;
      if (f[m][1] <= this.at + 1e-4) lo = m; else hi = m - 1;
    }
    return f.length ? lo : -1;
  }

  /** The newest note of a kind at that time. */
  latest(kind, slot) {
    const list = this.tracks[slot]?.[kind] ?? [];
    return (this.mode === 'live' ? list.at(-1) : list.findLast((n) => n.t <= this.at + 1e-4))?.e ?? null;
  }

  show() {
    $('live').setAttribute('aria-pressed', String(this.mode === 'live'));
    $('play').classList.toggle('still', this.mode === 'still');
    $('play').setAttribute('aria-label', word(this.mode === 'still' ? 'time.play' : 'time.pause'));
  }

  draw(steps, status) {
    const from = this.begin();
    const to = this.end();
    const c = $('cursor');
    const span = Math.max(0.01, to - from);
    if (Number.isFinite(from)) {
      c.min = from.toFixed(2);
      c.max = to.toFixed(2);
      if (document.activeElement !== c || this.mode !== 'still') c.value = this.at.toFixed(2);
      c.setAttribute('aria-valuetext', word('seconds', { s: this.at.toFixed(1) }));
    }
    $('clock').textContent = `${word('seconds', { s: this.at.toFixed(1) })}${status?.speed ? ` · ${status.speed.toFixed(1)}×` : ''}`;
    const key = `${steps.map((s) => s.state + s.start_s + s.end_s).join()}${from.toFixed(1)}${to.toFixed(1)}`;
    if (key === this.spanKey) return;
    this.spanKey = key;
    $('spans').replaceChildren(...steps.filter((s) => s.start_s !== undefined && (s.end_s ?? to) >= from).map((s) => {
      const i = element('i', s.state);
      const a = Math.max(from, s.start_s);
      i.style.left = `${(100 * (a - from)) / span}%`;
      i.style.width = `${Math.max(0.4, (100 * ((s.end_s ?? to) - a)) / span - 0.3)}%`;
      return i;
    }));
  }
}
