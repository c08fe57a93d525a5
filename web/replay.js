// Replays: choosing logs of runs, and what had been said and done at each moment of them.
import { $, element } from './dom.js';
import { readLog } from './log.js';
import { lang, nameOf, word } from './words.js';

const MOST_BYTES = 256e6;
const MANY = 6;

export class Replay {
  /** @param page what a replay needs of the page: `titleOf(body)`, `begin(logs)`, `took(event)`, `anew()`, `end()`, `say(text)` */
  constructor(page) {
    Object.assign(this, { page, logs: [], events: [], at: 0 });
    $('logs-open').addEventListener('click', () => this.open());
    $('logs-close').addEventListener('click', () => $('logs').close());
    $('logs').addEventListener('click', (e) => { if (e.target === $('logs')) $('logs').close(); });
    $('logs-file').addEventListener('click', () => $('logs-input').click());
    $('logs-input').addEventListener('change', () => { this.playFiles([...$('logs-input').files]); $('logs-input').value = ''; });
    $('to-live').addEventListener('click', () => this.leave());
  }

  get on() { return this.logs.length > 0; }

  async open() {
    $('logs-list').replaceChildren();
    $('logs').showModal();
    const list = await fetch('/logs').then((r) => (r.ok ? r.json() : [])).catch(() => []);
    $('logs-list').replaceChildren(...(list.length ? list.map((l) => this.entry(l)) : [element('p', 'empty', word('logs.none'))]));
  }

  entry(l) {
    const when = new Intl.DateTimeFormat(lang() === 'zh' ? 'zh-CN' : 'en', { dateStyle: 'short', timeStyle: 'short' }).format(l.modified);
    const b = element('button', 'log');
    b.append(element('i', l.outcome), element('b', '', l.instruction || '–'), element('time', '', when), element('small', '', [this.about(l), l.outcome && word(`run.${l.outcome}`)].filter(Boolean).join(' · ')));
    b.addEventListener('click', () => this.playName(l.name));
    return b;
  }

  about(h) { return `${this.page.titleOf(h.body)} · ${nameOf(h.scene)} · ${word('seed')} ${h.seed}`; }

  /** A log that the program has. */
  async playName(name) {
    const content = await fetch(`/logs/${encodeURIComponent(name)}`).then((r) => (r.ok ? r.text() : '')).catch(() => '');
    this.play([[name, content]]);
  }

  async playFiles(files) {
    const read = (f) => (f.size > MOST_BYTES ? '' : f.text().catch(() => ''));
    this.play(await Promise.all(files.slice(0, MANY).map(async (f) => [f.name, await read(f)])));
  }

  play(contents) {
    const logs = [];
    for (const [name, content] of contents) {
      try {
        logs.push(readLog(content));
      } catch {
        this.page.say(word('bad.log', { name }));
      }
    }
    if (!logs.length) return;
    $('logs').close();
    this.logs = logs;
    this.events = logs.flatMap((l, slot) => l.events.map(({ t, e }) => ({ t, e: { ...e, slot } }))).sort((a, b) => a.t - b.t);
    this.at = 0;
    this.steps = logs.map((l) => stepsOf(l.events));
    document.body.classList.add('replaying');
    $('replaying').hidden = false;
    this.show();
    this.page.begin(logs);
    const cut = logs.find((l) => l.cut)?.cut;
    if (cut) this.page.say(word('replay.cut', { n: cut }));
  }

  show() {
    if (!this.on) return;
    const h = this.logs[0].header;
    $('replaying').firstElementChild.textContent = word('replay.what', { what: this.logs.length > 1 ? h.instruction : `${h.instruction} · ${this.about(h)}` });
  }

  /** Tells what had happened by this time. */
  tick(time) {
    if (!this.on) return;
    let n = 0;
    while (n < this.events.length && this.events[n].t <= time + 1e-4) n++;
    if (n === this.at) return;
    if (n < this.at) { this.page.anew(this.logs.length); this.at = 0; }
    for (; this.at < n; this.at++) this.page.took(this.events[this.at].e);
  }

  leave() {
    this.logs = [];
    this.events = [];
    document.body.classList.remove('replaying');
    $('replaying').hidden = true;
    this.page.end();
  }
}

/** Every step of a log with how it ended, for the timeline. */
function stepsOf(events) {
  const out = [];
  for (const { e } of events) {
    if (e.kind !== 'step') continue;
    const open = out.at(-1);
    if (e.state === 'running' || !open || open.state !== 'running') out.push({ ...e });
    else Object.assign(open, e);
  }
  return out;
}
