// Numbers on demand: small plots of every joint's position and effort, the contact force, speeds and the guard.
import { element } from './dom.js';
import { word } from './words.js';

const SPAN = 10;

export class Numbers {
  constructor(box) {
    this.box = box;
    this.key = '';
  }

  draw(now, stage, frames, end, status, view) {
    if (this.box.hidden || now - (this.last ?? 0) < 200) return;
    this.last = now;
    const newest = frames[end];
    // a log holds poses alone
    const joints = newest?.[3] ? stage?.message?.joints ?? [] : [];
    const key = `${document.documentElement.lang}${stage?.key}${joints.length}`;
    if (key !== this.key) this.build(joints, key);
    const values = {
      'num.time': word('seconds', { s: (newest?.[1] ?? 0).toFixed(2) }),
      'num.speed': status.speed ? word('faster', { x: status.speed.toFixed(1) }) : '–',
      'num.guard': status.guard ? word(`guard.${status.guard}`) : '–',
      'num.force': newest?.[3] ? `${force(newest).toFixed(1)} N` : '–',
      'num.frames': `${view.frameTime.toFixed(1)} ms`, 'num.draws': String(view.draws ?? 0),
    };
    for (const [k, v] of Object.entries(values)) this.cells[k].textContent = v;
    if (!newest?.[3]) return;
    let from = end;
    while (from > 0 && frames[from - 1][1] > newest[1] - SPAN) from--;
    const window = frames.slice(from, end + 1);
    const ink = getComputedStyle(this.box);
    const colours = ['--accent', '--run'].map((c) => ink.getPropertyValue(c));
    plot(this.forcePlot, window, [[(f) => force(f), colours[1], 0, 10]]);
    joints.forEach((j, i) => {
      const at = (f) => 4 + 7 * f[2] + i;
      if (newest[3] <= i) return;
      const [lo, hi] = j.range ?? [-Math.PI, Math.PI];
      plot(this.plots[i], window, [[(f) => f[at(f)], colours[0], lo, hi], [(f) => f[at(f) + 2 * f[3]], colours[1], -0.08 * j.effort || -1, 0.08 * j.effort || 1]]);
      const q = newest[at(newest)];
      const effort = newest[at(newest) + 2 * newest[3]];
      this.values[i].textContent = j.slide ? `${fixed(q * 100, 1)} cm  ${fixed(effort, 0)} N` : `${fixed((q * 180) / Math.PI, 0)}°  ${fixed(effort, 1)} N·m`;
    });
  }

  build(joints, key) {
    this.key = key;
    this.cells = {};
    this.plots = [];
    this.values = [];
    const rows = ['num.time', 'num.speed', 'num.guard', 'num.force', 'num.frames', 'num.draws'].map((k) => {
      const row = element('div', 'number');
      this.cells[k] = element('span', '', '–');
      row.append(element('b', '', word(k)), this.cells[k]);
      return row;
    });
    this.forcePlot = canvas();
    rows.splice(4, 0, this.forcePlot);
    if (joints.length) rows.push(element('h2', '', word('num.joints')));
    else rows.push(element('p', '', word('num.none')));
    for (const j of joints) {
      const row = element('div', 'joint');
      const c = canvas();
      const v = element('span', '', '');
      row.append(element('b', '', j.name.replaceAll('_', ' ')), v, c);
      this.plots.push(c);
      this.values.push(v);
      rows.push(row);
    }
    this.box.replaceChildren(...rows);
  }
}

function canvas() {
  const c = element('canvas', 'plot');
  c.width = 440;
  c.height = 52;
  c.setAttribute('aria-hidden', 'true');
  return c;
}

/** With so many digits, and no minus before nothing. */
const fixed = (x, digits) => x.toFixed(digits).replace(/^-(0(\.0*)?)$/, '$1');

/** Sum of the contact forces between bodies, N. */
function force(f) {
  let sum = 0;
  for (let k = 4 + 7 * f[2] + 3 * f[3]; k + 5 < f.length; k += 6) sum += Math.hypot(f[k + 3], f[k + 4], f[k + 5]);
  return sum;
}

function plot(c, frames, lines) {
  const g = c.getContext('2d');
  g.clearRect(0, 0, c.width, c.height);
  const t1 = frames.at(-1)[1];
  for (const [value, colour, least, most] of lines) {
    let lo = least;
    let hi = most;
    for (const f of frames) { const v = value(f); if (v > hi) hi = v; if (v < lo) lo = v; }
    g.strokeStyle = colour;
    g.lineWidth = 2.4;
    g.beginPath();
    frames.forEach((f, i) => {
      const x = c.width * (1 - (t1 - f[1]) / SPAN);
      const y = c.height - 4 - ((value(f) - lo) / (hi - lo || 1)) * (c.height - 8);
      if (i) g.lineTo(x, y); else g.moveTo(x, y);
    });
    g.stroke();
  }
}
