// Wires the page: link, world, talk, time.
import { Link } from './link.js';
import { Talk } from './talk.js';
import { WorldView } from './world.js';
import { lang, pick, setLanguage, word } from './words.js';

const $ = (id) => document.getElementById(id);
const world = new WorldView($('world'));
const talk = new Talk($('history'));

const MAX_FRAMES = 6000;
let frames = [];
let live = true;
let offer = { bodies: [], scenes: [] };
let running = false;
let numbers = { speed: 0, guard: '' };
let belief = [];
let linkState = 'wait';

const handlers = {
  hello(e) { offer = e; fillChoices(); },
  scene(e) { world.load(e); frames = []; belief = []; makeEyes(); },
  run(e) { talk.start(e); setRunning(true); select(e); },
  understood: (e) => talk.take(e),
  plan: (e) => talk.take(e),
  step: (e) => { talk.take(e); drawSpans(); },
  outcome(e) { talk.take(e); setRunning(false); },
  belief(e) { belief = e.things; if (live) world.believe(belief); },
  status(e) { numbers = e; },
  frame(e) { takeFrame(Float32Array.from([e.t, ...e.x])); },
};

function take(e) { handlers[e.kind]?.(e); }

function takeFrame(frame) {
  frames.push(frame);
  if (frames.length > MAX_FRAMES) frames.splice(0, MAX_FRAMES / 10);
}

const link = new Link(take, takeFrame, (state) => { linkState = state; showLink(); });

function showLink() {
  $('link').textContent = word(`link.${linkState}`);
  $('link').classList.toggle('lost', linkState === 'lost');
  $('go').disabled = linkState !== 'up';
}

function setRunning(on) {
  running = on;
  $('stop').disabled = !on;
}

function fillChoices() {
  fill($('body'), offer.bodies);
  fill($('scene'), offer.scenes);
  showExamples();
}

function fill(select, list) {
  const was = select.value;
  select.replaceChildren(...list.map((o) => new Option(pick(o.title), o.name)));
  if (list.some((o) => o.name === was)) select.value = was;
}

function select(run) {
  $('body').value = run.body;
  $('scene').value = run.scene;
  showExamples();
}

function showExamples() {
  const scene = offer.scenes.find((s) => s.name === $('scene').value);
  $('examples').replaceChildren(...(scene?.examples?.[lang()] ?? []).map((text) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = text;
    b.onclick = () => { $('sentence').value = text; $('sentence').focus(); };
    return b;
  }));
}

function makeEyes() {
  $('eyes').replaceChildren(...world.eyes.slice(0, 3).map((eye, i) => {
    const b = document.createElement('button');
    b.className = 'eye';
    b.setAttribute('aria-label', eye.name);
    const c = document.createElement('canvas');
    c.width = 320;
    c.height = 240;
    const label = document.createElement('span');
    label.textContent = eye.name;
    b.append(c, label);
    b.onclick = () => b.classList.toggle('large');
    b.dataset.index = i;
    return b;
  }));
}

function drawSpans() {
  const run = talk.current();
  const end = Math.max(1e-6, frames.at(-1)?.[0] ?? 1);
  const start = frames[0]?.[0] ?? 0;
  const scale = (t) => `${(100 * (t - start)) / Math.max(1e-6, end - start)}%`;
  $('spans').replaceChildren(...(run?.steps ?? []).filter((s) => s.start_s !== undefined).map((s) => {
    const i = document.createElement('i');
    i.className = s.state;
    i.style.left = scale(s.start_s);
    i.style.width = `calc(${scale(s.end_s ?? end)} - ${scale(s.start_s)})`;
    return i;
  }));
}

$('say').addEventListener('submit', (e) => {
  e.preventDefault();
  const text = $('sentence').value.trim();
  if (!text) return;
  link.send({ kind: 'say', text, body: $('body').value, scene: $('scene').value, seed: Number($('seed').value) || 1, lang: lang() });
  live = true;
  $('sentence').value = '';
});
const stop = () => link.send({ kind: 'stop' });
$('stop').addEventListener('click', stop);
addEventListener('keydown', (e) => {
  if (e.code === 'Space' && running && !/INPUT|SELECT|BUTTON|TEXTAREA/.test(e.target.tagName)) {
    e.preventDefault();
    stop();
  }
});
$('scene').addEventListener('change', showExamples);
$('cursor').addEventListener('input', (e) => { live = Number(e.target.value) >= 1000; });
$('layers').addEventListener('click', () => {
  const menu = $('layer-menu');
  menu.hidden = !menu.hidden;
  $('layers').setAttribute('aria-expanded', String(!menu.hidden));
});
$('show-belief').addEventListener('change', (e) => { world.showBelief = e.target.checked; });
$('show-frusta').addEventListener('change', (e) => { world.showFrusta = e.target.checked; });
$('show-eyes').addEventListener('change', (e) => { $('eyes').hidden = !e.target.checked; });
$('show-numbers').addEventListener('change', (e) => { $('numbers').hidden = !e.target.checked; });
$('language').addEventListener('click', () => speak(lang() === 'zh' ? 'en' : 'zh'));
$('sheet').addEventListener('click', () => {
  const folded = $('talk').classList.toggle('folded');
  $('sheet').setAttribute('aria-expanded', String(!folded));
});

function speak(next) {
  setLanguage(next);
  $('go').textContent = word('say.go');
  $('sentence').placeholder = word('say.hint');
  $('sentence').setAttribute('aria-label', word('say.hint'));
  $('stop').textContent = word('stop');
  $('stop').title = word('stop.hint');
  $('layers').textContent = word('layers');
  $('sheet').setAttribute('aria-label', word('sheet'));
  $('talk').setAttribute('aria-label', word('talk'));
  $('world').setAttribute('aria-label', word('layer.eyes'));
  fillChoices();
  talk.render();
  showLink();
}

addEventListener('dragover', (e) => { e.preventDefault(); $('drop').hidden = false; });
addEventListener('dragleave', (e) => { if (!e.relatedTarget) $('drop').hidden = true; });
addEventListener('drop', async (e) => {
  e.preventDefault();
  $('drop').hidden = true;
  const file = e.dataTransfer.files[0];
  if (file) playLog(await file.text());
});

function playLog(text) {
  try {
    const records = text.split('\n').filter(Boolean).map((l) => JSON.parse(l));
    if (records[0]?.kind !== 'header') throw new Error('no header');
    linkState = 'log';
    for (const r of records) take(r);
    live = false;
    $('cursor').value = 0;
    showLink();
  } catch {
    $('link').textContent = word('bad.log');
    $('link').classList.add('lost');
  }
}

let frameTime = 16;
let eyeTurn = 0;
function loop(now) {
  frameTime = 0.95 * frameTime + 0.05 * (now - (loop.last ?? now));
  loop.last = now;
  if (frames.length) {
    const i = live ? frames.length - 1 : Math.round((Number($('cursor').value) / 1000) * (frames.length - 1));
    const frame = frames[i];
    world.pose(frame, 1);
    if (live) $('cursor').value = 1000;
    $('clock').textContent = `${frame[0].toFixed(1)} s${numbers.speed ? ` · ${numbers.speed.toFixed(1)}×` : ''}`;
  }
  world.draw();
  const eyes = $('eyes').children;
  if (!$('eyes').hidden && eyes.length && Math.floor(now / 120) !== Math.floor((loop.eye ?? 0) / 120)) {
    loop.eye = now;
    eyeTurn = (eyeTurn + 1) % eyes.length;
    world.drawEye(eyeTurn, eyes[eyeTurn].firstChild);
  }
  if (!$('numbers').hidden) {
    const rows = [['num.time', `${(frames.at(-1)?.[0] ?? 0).toFixed(2)} s`], ['num.speed', `${(numbers.speed ?? 0).toFixed(1)} ${word('faster')}`],
      ['num.guard', numbers.guard ?? ''], ['num.frames', `${frameTime.toFixed(1)} ms`]];
    $('numbers').replaceChildren(...rows.map(([k, v]) => {
      const d = document.createElement('div');
      const b = document.createElement('b');
      b.textContent = word(k);
      d.append(b, v);
      return d;
    }));
  }
  requestAnimationFrame(loop);
}
setRunning(false);
speak(lang());
requestAnimationFrame(loop);
