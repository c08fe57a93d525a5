// The talk: each sentence once, how it was understood, and for every body that heard it its plan and how it goes.
import { element } from './dom.js';
import { known, lang, nameOf, pick, word } from './words.js';

const KEPT = 24;

export class Talk {
  /** @param titleOf what people call a body; @param onSelect a body's part was clicked */
  constructor(history, spoken, titleOf, onSelect) {
    Object.assign(this, { history, spoken, titleOf, onSelect });
    this.acts = [];
    this.era = 0;
    this.count = 0;
    this.state = 'loading';
  }

  /** A (re)connection: what belongs to the present worlds will be told again. */
  hello() {
    this.acts = this.acts.filter((a) => a.era < this.era);
    this.era -= 1;
    this.state = 'empty';
    this.render();
  }

  /** Puts the conversation aside for another (a replay's); returns what takes it up again. */
  aside() {
    const kept = { acts: this.acts, era: this.era, count: this.count, state: this.state };
    this.acts = [];
    this.render();
    return () => { Object.assign(this, kept); this.render(); };
  }

  begin(count) {
    this.era += 1;
    this.count = count;
  }

  current(slot) { return this.acts.findLast((a) => a.era === this.era && a.runs[slot])?.runs[slot]; }

  busy() { return this.acts.some((a) => a.era === this.era && a.runs.some((r) => r && !r.outcome)); }

  /** Whether the last that was said waits for an answer. */
  asked() { return !!this.acts.at(-1)?.runs.some((r) => r?.outcome?.outcome === 'asked'); }

  take(e) {
    if (e.kind === 'run') {
      let act = this.acts.at(-1);
      if (!act || act.era !== this.era || act.runs[e.slot] || act.text !== e.instruction) {
        act = { era: this.era, text: e.instruction, scene: e.scene, seed: e.seed, runs: [] };
        this.acts.push(act);
        if (this.acts.length > KEPT) this.acts.shift();
      }
      act.runs[e.slot] = { ...e, steps: [], outcome: null };
    } else {
      const run = this.current(e.slot);
      if (!run) return;
      if (e.kind === 'understood') run.understood = e;
      if (e.kind === 'plan') run.steps = [...run.steps.slice(0, e.from), ...e.steps.map((s) => ({ ...s, state: 'waiting' }))];
      if (e.kind === 'step') {
        run.steps[e.index] = { ...run.steps[e.index], ...e };
        if (e.state === 'running') this.say(`${this.count > 1 ? `${this.titleOf(run.body)}: ` : ''}${stepLine(e)}`);
      }
      if (e.kind === 'outcome') {
        run.outcome = { ...e, answer: run.understood?.answer };
        this.say(`${this.count > 1 ? `${this.titleOf(run.body)}: ` : ''}${outcomeLine(e)}`);
      }
    }
    this.render();
  }

  /** For screen readers: one line, the newest. */
  say(line) { this.spoken.textContent = line; }

  render() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  draw() {
    const h = this.history;
    const atEnd = h.scrollHeight - h.scrollTop - h.clientHeight < 60;
    const focused = h.contains(document.activeElement) ? document.activeElement.dataset?.key : null;
    h.replaceChildren(...(this.acts.length ? this.acts.map((a) => this.actView(a)) : [element('p', `empty ${this.state}`, word(this.state))]));
    if (atEnd) h.scrollTop = h.scrollHeight;
    if (focused) h.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  actView(act) {
    const view = element('article', 'run');
    const runs = act.runs.filter(Boolean);
    const understood = runs.find((r) => r.understood)?.understood;
    view.append(sentenceView(act.text, understood));
    if (understood?.outcome === 'act' && understood.message) view.append(element('div', 'goal', understood.message));
    if (runs.length === 1) {
      view.append(element('div', 'who', `${this.titleOf(runs[0].body)} · ${nameOf(act.scene)} · ${word('seed')} ${act.seed}`), ...this.runParts(runs[0]));
      return view;
    }
    view.append(element('div', 'who', `${nameOf(act.scene)} · ${word('seed')} ${act.seed}`));
    const grid = element('div', 'many');
    act.runs.forEach((run, slot) => {
      if (!run) return;
      const card = element('button', `one ${run.outcome?.outcome ?? 'running'}`);
      card.type = 'button';
      card.dataset.key = `${act.era}-${act.text}-${slot}`;
      card.append(element('b', '', this.titleOf(run.body)), dots(run), element('span', 'now', nowLine(run)));
      card.addEventListener('click', () => { if (act.era === this.era) this.onSelect(slot); });
      grid.append(card);
    });
    view.append(grid);
    return view;
  }

  runParts(run) {
    const out = [];
    if (run.steps.length) {
      const list = element('ol', 'steps');
      for (const s of run.steps) {
        const item = element('li', s.state);
        item.append(element('span', '', stepLine(s)), element('span', 't', s.end_s !== undefined ? word('seconds', { s: (s.end_s - s.start_s).toFixed(1) }) : ''));
        if (s.message && s.state === 'failed') item.append(element('span', 'why', pick(s.message)));
        list.append(item);
      }
      out.push(list);
    }
    out.push(run.outcome ? element('div', `outcome ${run.outcome.answer ? 'answer' : run.outcome.outcome}`, outcomeLine(run.outcome)) : run.steps.length ? '' : element('div', 'meaning', word('run.waiting')));
    return out;
  }
}

function dots(run) {
  const row = element('span', 'dots');
  row.setAttribute('aria-hidden', 'true');
  for (const s of run.steps) row.append(element('i', s.state));
  return row;
}

function nowLine(run) {
  if (run.outcome) return outcomeLine(run.outcome);
  const step = run.steps.findLast((s) => s.state === 'running') ?? run.steps.find((s) => s.state === 'waiting');
  return step ? stepLine(step) : word('run.waiting');
}

export function outcomeLine(o) {
  const message = pick(o.message);
  if (o.answer) return message;
  const head = word(`run.${o.outcome}`);
  return message && !/^(Done\.|完成。)$/.test(message) ? `${head} — ${message}` : head;
}

export function stepLine(step) {
  const a = step.args ?? {};
  if (step.skill === 'place' && a.target) {
    return word('step.place', { object: nameOf(a.object), relation: relation(a.relation), target: nameOf(a.target) });
  }
  const things = Object.entries(a).filter(([k]) => k !== 'relation').map(([k, v]) => (k === 'by' ? amount(v) : nameOf(v)));
  return `${word(`skill.${step.skill}`)}${lang() === 'zh' ? '' : ' '}${things.join(lang() === 'zh' ? '、' : ', ')}`;
}

/** "left_of_0.10": on that side, ten centimetres off. */
function relation(name = '') {
  const [, plain, gap] = /^(.*?)(?:_([\d.]+))?$/.exec(name);
  const side = known(`rel.${plain}`) ? word(`rel.${plain}`) : nameOf(plain);
  return gap ? word('rel.gap', { side, n: Math.round(100 * gap) }) : side;
}

/** "left_0.10", "right_90": how far which way. */
function amount(by) {
  const [, way, n] = /^(\w+?)_([\d.]+)$/.exec(by) ?? [];
  if (!way) return nameOf(by);
  return n.includes('.') ? word(`by.${way}`, { n: Math.round(100 * n) }) : word(`by.turn.${way}`, { n });
}

/** Which part of speech, in a person's terms, a category of the grammar is. */
const KINDS = [[/^N$|^PRON|^WHO|^EVERYTHING|^BODYPART|^HAND$/, 'thing'], [/^V|^TURNBODY|^ADVANCE|^UP$|^COME|^ZGIVE|^CONG|^ONOFF/, 'act'], [/^COL|^SIZE|^MAT|^STATE|^SUP|^ORD|^OTHER/, 'which'],
  [/^PREP|^DIR|^HALF|^SIDE|^LOC|^INTO|^TO$|^FROM|^ONIT|^THERE|^LI$|^ZAI|^OF$|^TOGETHER/, 'where'], [/^NUM|^ALL|^DOU|^ANY|^HAO|^UNIT|^DEC|^AMOUNT|^DEGREE/, 'many'],
  [/^NO$|^NOT|^WITHOUT|^EXCEPT|^BUT|^NEG|^LEAVE/, 'not'], [/^THEN|^SEQ|^BEFORE|^AFTER|^IF|^ELSE/, 'order']];
const kindOf = (meaning) => KINDS.find(([pattern]) => pattern.test(meaning.split(' ')[0]))?.[1];

/** The understood parts in order; neighbours of one kind are one part ("half a metre"), punctuation is none. */
function parts(text, evidence) {
  const out = [];
  for (const e of [...evidence].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const kind = kindOf(e.meaning);
    const last = out.at(-1);
    if (!kind || e.end > text.length || e.end <= e.start || !/[\p{L}\p{N}]/u.test(text.slice(e.start, e.end)) || e.start < (last?.end ?? 0)) continue;
    if (last?.kind === kind && kind !== 'thing' && !text.slice(last.end, e.start).trim()) last.end = e.end;
    else out.push({ kind, start: e.start, end: e.end });
  }
  return out;
}

/** The sentence with a chip over each part that was understood; below it stands what it was taken for. */
function sentenceView(text, understood) {
  const view = element('div', 'sentence');
  let at = 0;
  for (const c of parts(text, understood?.evidence ?? [])) {
    if (text.slice(at, c.start).trim()) view.append(element('span', 'plain-words', text.slice(at, c.start).trim()));
    const chip = element('span', `chip ${c.kind}`, text.slice(c.start, c.end));
    chip.append(element('small', '', word(`part.${c.kind}`)));
    view.append(chip);
    at = c.end;
  }
  if (text.slice(at).trim()) view.append(element('span', 'plain-words', text.slice(at).trim()));
  return view;
}
