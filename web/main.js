// Wires the page: link, worlds, talk, time.
import { $, element } from './dom.js';
import { Link } from './link.js';
import { Talk, outcomeLine } from './talk.js';
import { Timeline } from './time.js';
import { Sheet } from './sheet.js';
import { Numbers } from './numbers.js';
import { Replay } from './replay.js';
import { Bench } from './bench.js';
import { lang, names, pick, setLanguage, word } from './words.js';

const NARROW = matchMedia('(max-width: 820px)');
const LAYERS = ['belief', 'plan', 'eyes', 'forces', 'frusta', 'numbers'];
const time = new Timeline();
const talk = new Talk($('history'), $('spoken'), (name) => pick(offer.bodies.find((b) => b.name === name)?.title) || name, select);
const plots = new Numbers($('numbers'));
const NOTHING = [];
const layers = { belief: true, plan: true, eyes: !NARROW.matches, forces: false, frusta: false, numbers: false };
let offer = { bodies: [], scenes: [] };
let view = null;
let bench = null;
let cards = null;
let linkState = 'wait';
let status = [];
let scenes = [];
let hold = { held: false, waiting: 0 };
let chosen = { bodies: [], scene: '', own: false };
let pending = null;
let said = false;
const atWork = new Set();
let takeUp = () => {};

const handlers = {
  hello(e) {
    offer = e;
    if (e.bench) {
      bench ??= new Bench((m) => link.send(m));
      if (view) bench.pull(view);
      document.body.classList.add('benched');
      Object.assign(layers, { forces: true, eyes: false });
      applyLayers();
      showLayers();
    }
    for (const s of e.scenes) names.set(s.name, s.title);
    for (const b of e.bodies) names.set(b.name, b.title);
    chosen.bodies = chosen.bodies.filter((n) => e.bodies.some((b) => b.name === n));
    if (!chosen.bodies.length || !e.scenes.some((s) => s.name === chosen.scene)) chosen = { own: false, scene: e.scenes.find((s) => s.name === 'tabletop')?.name ?? e.scenes[0]?.name ?? '', bodies: e.bodies.slice(0, 1).map((b) => b.name) };
    talk.hello();
    showChoice();
  },
  stages(e) {
    time.clear(e.count);
    status = [];
    scenes = [];
    talk.begin(e.count);
    view?.begin(e.count);
    view?.select(0);
    free();
    $('numbers').classList.toggle('none', e.count === 0);
  },
  scene(e) {
    for (const [id, text] of Object.entries(e.names ?? {})) names.set(id, text);
    names.set(e.body, e.title ?? names.get(e.body));
    time.restart(e.slot);
    scenes[e.slot] = e;
    view?.load(e.slot, e);
    bench?.load(e);
    if (!chosen.own && !replay.on) {
      chosen.bodies = scenes.filter(Boolean).map((s) => s.body);
      chosen.scene = e.scene;
      $('seed').value = e.seed;
      showChoice();
    }
    labels();
  },
  run(e) { talk.take(e); said = false; running(); labels(); hint(); },
  understood: (e) => talk.take(e),
  plan: (e) => talk.take(e),
  step(e) { talk.take(e); labels(); },
  outcome(e) { talk.take(e); running(); labels(); hint(); },
  belief: (e) => time.note('beliefs', e.slot, e.things, e.t),
  ghost: (e) => time.note('ghosts', e.slot, e.path ? e : null, e.t),
  status(e) { status[e.slot] = e; bench?.status(e); },
  hold(e) { hold = e; notice(); },
};

function take(e) { if (e.slot === undefined) e.slot = 0; handlers[e.kind]?.(e); }

/** What the program says; during a replay only whether something runs, since a stop must reach it. */
function heard(e) {
  if (e.kind === 'stages') atWork.clear();
  if (e.kind === 'run') atWork.add(e.slot);
  if (e.kind === 'outcome') atWork.delete(e.slot);
  if (!replay.on || e.kind === 'hold') take(e);
  else document.body.classList.toggle('running', atWork.size > 0);
  if (e.kind === 'hello' && !heard.greeted) {
    heard.greeted = true;
    const log = new URLSearchParams(location.hash.slice(1)).get('log');
    if (log) replay.playName(log);
  }
}

const replay = new Replay({
  titleOf: (name) => pick(offer.bodies.find((b) => b.name === name)?.title) || name,
  begin(logs) {
    free();
    takeUp();
    takeUp = talk.aside();
    take({ kind: 'stages', count: logs.length });
    logs.forEach((l, slot) => take({ ...l.scene, slot }));
    time.play(logs.map((l, slot) => { l.frames.forEach((f) => { f[0] = slot; }); return { frames: l.frames, beliefs: l.beliefs, ghosts: l.ghosts }; }));
  },
  anew(count) { talk.aside(); talk.begin(count); labels(); },
  took: take,
  end() {
    takeUp();
    takeUp = () => {};
    link.renew();
  },
  say: toast,
});

const link = new Link(heard, (f) => { if (!replay.on) time.frame(f); }, (state) => {
  linkState = state;
  if (state !== 'up') atWork.clear();
  if (state === 'up' && pending) { link.send(pending); pending = null; }
  showLink();
});

/** Sends a command; a replay gives way to what it brings about. */
function command(message) {
  if (!replay.on) return link.send(message);
  if (linkState !== 'up') return false;
  pending = message;
  replay.leave();
  return true;
}

function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $('toast').hidden = true; }, 7000);
}

function showLink() {
  const text = word(`link.${linkState}`);
  $('link').textContent = text;
  $('link').className = `link ${linkState}`;
  document.body.classList.toggle('lost', linkState === 'lost');
  $('go').disabled = linkState !== 'up';
  running();
}

function running() {
  const on = (replay.on ? atWork.size > 0 : talk.busy()) && linkState === 'up';
  document.body.classList.toggle('running', on);
  // also before the first word from the run has come, and between the acts of a demo
  $('stop').disabled = linkState !== 'up';
  return on;
}

/** What the line to type in waits for: a sentence, or the answer to a question. */
function hint() {
  const text = word(talk.asked() ? 'say.answer' : 'say.hint');
  $('sentence').placeholder = text;
  $('sentence').setAttribute('aria-label', text);
}

function notice() {
  $('notice').hidden = !hold.held;
  $('notice').firstElementChild.textContent = word('held', { n: hold.waiting });
}

function select(slot) {
  view?.select(slot);
  time.spanKey = '';
  labels();
  if (view) { view.moved = true; view.fit(false, [view.stages[slot]]); }
}

function labels() {
  view?.stages.forEach((s, i) => {
    if (!s.label) return;
    const run = talk.current(i);
    s.label.className = `label ${run?.outcome?.outcome ?? (run ? 'running' : '')}${view.selected === i ? ' selected' : ''}`;
    s.label.replaceChildren(element('i'), element('span', '', pick(scenes[i]?.title) || scenes[i]?.body || ''));
    s.label.title = run?.outcome ? outcomeLine(run.outcome) : '';
  });
}

function showChoice() {
  const n = chosen.bodies.length;
  $('body').lastElementChild.textContent = n > 1 ? word('choose.many', { n }) : pick(offer.bodies.find((b) => b.name === chosen.bodies[0])?.title) || '–';
  $('scene').lastElementChild.textContent = pick(offer.scenes.find((s) => s.name === chosen.scene)?.title) || '–';
  const scene = offer.scenes.find((s) => s.name === chosen.scene);
  $('examples').replaceChildren(...(scene?.examples?.[lang()] ?? []).slice(0, 8).map((text) => {
    const b = element('button', '', text);
    b.type = 'button';
    b.onclick = () => { $('sentence').value = text; $('sentence').focus(); };
    return b;
  }));
}

function choice() { return { bodies: chosen.bodies, scene: chosen.scene, seed: Number($('seed').value) || 1 }; }

/** Shows what was chosen before anything is said to it. */
function look() {
  chosen = { ...chosen, own: true };
  showChoice();
  if (!running()) command({ kind: 'look', ...choice() });
}

$('say').addEventListener('submit', (e) => {
  e.preventDefault();
  const text = $('sentence').value.trim();
  if (!text) { $('sentence').focus(); return; }
  if (!command({ kind: 'say', text, lang: lang(), ...choice() })) return;
  said = true;
  time.mode = 'live';
  time.show();
  $('sentence').value = '';
  $('sentence').blur();
  if (NARROW.matches && sheet.place === 'high') sheet.to('middle');
});
const stop = () => { said = false; link.send({ kind: 'stop' }); };
$('stop').addEventListener('click', stop);
$('go-on').addEventListener('click', () => link.send({ kind: 'go' }));
addEventListener('keydown', (e) => {
  const typing = e.target.matches?.('input[type=text], input[type=number], textarea') || document.querySelector('dialog[open]');
  // a stop comes before everything while something moves; else the space bar does what it does everywhere
  const moves = running() || said;
  const pressed = !moves && e.target.matches?.('button, select, input[type=checkbox], input[type=radio]');
  if (e.code === 'Space' && !typing && !pressed && !document.body.classList.contains('benched')) {
    e.preventDefault();
    if (replay.on && !moves) time.toggle();
    else stop();
  }
  if (e.key === 'Escape' && !$('layer-menu').hidden) toggleLayers(false);
});
$('body').addEventListener('click', () => cards?.openBodies(offer));
$('scene').addEventListener('click', () => cards?.openScenes(offer));
$('seed').addEventListener('change', look);
$('language').addEventListener('click', () => speak(lang() === 'zh' ? 'en' : 'zh'));
$('layers').addEventListener('click', () => toggleLayers($('layer-menu').hidden));

function toggleLayers(open) {
  $('layer-menu').hidden = !open;
  $('layers').setAttribute('aria-expanded', String(open));
  if (open) $('layer-menu').querySelector('input').focus();
  else $('layers').focus();
}

function showLayers() {
  $('layer-menu').replaceChildren(...LAYERS.map((name) => {
    const row = element('label');
    const box = element('input');
    box.type = 'checkbox';
    box.id = `show-${name}`;
    box.checked = layers[name];
    box.addEventListener('change', () => { layers[name] = box.checked; applyLayers(); });
    row.append(box, element('span', `swatch swatch-${name}`), element('span', '', word(`layer.${name}`)));
    return row;
  }));
}

function applyLayers() {
  $('eyes').hidden = !layers.eyes;
  $('numbers').hidden = !layers.numbers;
  document.body.classList.toggle('numbered', layers.numbers);
  if (view) { Object.assign(view.layers, layers); view.look(); }
  free();
}

function speak(next) {
  setLanguage(next);
  hint();
  $('stop').title = word('stop.hint');
  showLayers();
  showChoice();
  showLink();
  notice();
  labels();
  time.show();
  talk.render();
  replay.show();
  view?.speak();
  bench?.build();
}

/** Tells the view which part of the window is free. */
function free() {
  if (!view) return;
  const told = [$('notice'), $('replaying')].find((e) => e.getClientRects().length);
  const bar = NARROW.matches && told ? told.getBoundingClientRect().bottom + 6 : 58;
  if (NARROW.matches) view.area({ left: 0, top: bar, right: innerWidth, bottom: Math.max(bar + 160, $('talk').getBoundingClientRect().top) });
  else view.area({ left: (layers.numbers ? 300 : 0) + (layers.eyes && view.stages.length > 1 ? 206 : 0), top: 24, right: $('talk').getBoundingClientRect().left, bottom: innerHeight - 84 });
}
const sheet = new Sheet(free);
addEventListener('resize', free);
new ResizeObserver(free).observe($('talk'));
NARROW.addEventListener('change', () => { sheet.to('low'); free(); });

addEventListener('dragover', (e) => { e.preventDefault(); $('drop').hidden = false; });
addEventListener('dragleave', (e) => { if (!e.relatedTarget) $('drop').hidden = true; });
addEventListener('drop', (e) => {
  e.preventDefault();
  $('drop').hidden = true;
  if (e.dataTransfer.files.length) replay.playFiles([...e.dataTransfer.files]);
});

let last = performance.now();
function loop(now) {
  const ms = now - last;
  last = now;
  time.tick(ms, replay.on);
  replay.tick(time.at);
  for (let i = 0; i < time.tracks.length; i++) {
    const index = time.index(i);
    if (!view || index < 0) continue;
    view.pose(i, time.tracks[i].frames[index]);
    const stage = view.stages[i];
    const believed = time.latest('beliefs', i) ?? NOTHING;
    const planned = time.latest('ghosts', i);
    if (stage && (stage.believed !== believed || stage.planned !== planned)) { stage.believe(believed); stage.ghost(planned); view.touch(); }
  }
  const slot = view?.selected ?? 0;
  time.draw(replay.on ? replay.steps[slot] ?? [] : talk.current(slot)?.steps ?? [], running() && !replay.on ? status[slot] : null);
  if (view) {
    const drew = view.draw(now);
    if (drew && loop.drew) view.measure(ms);
    if (drew) document.body.dataset.drawn = time.at.toFixed(1);
    if (drew && !loop.first && view.stages.some((s) => s.shown)) { loop.first = true; document.body.dataset.pictured = Math.round(performance.now()); }
    loop.drew = drew;
    bench?.show(view.stages[0]);
    plots.draw(now, view.stages[slot], time.tracks[slot]?.frames ?? [], time.index(slot), status[slot] ?? {}, view);
  }
  requestAnimationFrame(loop);
}

/** The 3-D part comes a moment later than the words, and the page works without it. */
async function draw3d() {
  try {
    const [{ WorldView }, { Cards }] = await Promise.all([import('./world.js'), import('./cards.js')]);
    view = new WorldView($('world'), $('labels'));
    view.onSelect = select;
    cards = new Cards(view, () => {
      if (cards.bodies.join() === chosen.bodies.join() && cards.scene === chosen.scene) return;
      chosen = { ...chosen, bodies: cards.bodies, scene: cards.scene };
      look();
    });
    for (const kind of ['openBodies', 'openScenes']) {
      const plain = cards[kind].bind(cards);
      cards[kind] = (o) => { cards.bodies = [...chosen.bodies]; cards.scene = chosen.scene; plain(o); };
    }
    applyLayers();
    view.begin(time.tracks.length);
    scenes.forEach((e, i) => view.load(i, e));
    labels();
    bench?.pull(view);
  } catch (e) {
    console.warn(e);
    const p = element('p', 'plain', word('no.webgl'));
    document.body.append(p);
  }
}

speak(lang());
applyLayers();
requestAnimationFrame(loop);
draw3d();
