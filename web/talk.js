// The talk at the side: what was said, how it was understood, the plan and how it goes.
import { lang, pick, word } from './words.js';

export class Talk {
  constructor(history) {
    this.history = history;
    this.runs = [];
    this.render();
  }

  current() { return this.runs.at(-1); }

  start(e) {
    this.runs.push({ ...e, steps: [], outcome: null });
    this.render();
  }

  take(e) {
    const run = this.current();
    if (!run) return;
    if (e.kind === 'understood') run.understood = e;
    if (e.kind === 'plan') run.steps = [...run.steps.slice(0, e.from), ...e.steps.map((s) => ({ ...s, state: 'waiting' }))];
    if (e.kind === 'step') run.steps[e.index] = { ...run.steps[e.index], ...e };
    if (e.kind === 'outcome') run.outcome = e;
    this.render();
  }

  render() {
    this.history.replaceChildren(...(this.runs.length ? this.runs.slice(-20).map(runView) : [element('p', 'empty', word('empty'))]));
    this.history.scrollTop = this.history.scrollHeight;
  }
}

function element(tag, className, text) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
}

function sentenceView(run) {
  const view = element('div', 'sentence');
  const text = run.instruction;
  let at = 0;
  for (const c of [...(run.understood?.evidence ?? [])].sort((a, b) => a.start - b.start)) {
    if (c.start < at || c.end > text.length) continue;
    view.append(text.slice(at, c.start));
    const chip = element('span', 'chip', text.slice(c.start, c.end));
    chip.title = c.meaning;
    view.append(chip);
    at = c.end;
  }
  view.append(text.slice(at));
  return view;
}

export function stepLine(step) {
  const a = step.args ?? {};
  const what = step.skill === 'place' ? `${a.object} · ${a.relation} ${a.target}` : Object.values(a).join(lang() === 'zh' ? '，' : ', ');
  return `${word(`skill.${step.skill}`)} ${what}`.replaceAll('_', ' ');
}

function runView(run) {
  const view = element('article', 'run');
  view.append(element('div', 'who', `${run.body} · ${run.scene} · ${word('seed')} ${run.seed}`), sentenceView(run));
  const goal = (run.understood?.goal ?? []).map((g) => `${g[0]}(${g.slice(1).filter(Boolean).join(', ')})`).join(' ∧ ');
  if (goal) view.append(element('div', 'meaning', goal));
  if (run.steps.length) {
    const list = element('ol', 'steps');
    for (const s of run.steps) {
      const item = element('li', s.state);
      item.append(element('span', '', stepLine(s)), element('span', 't', s.end_s !== undefined ? `${(s.end_s - s.start_s).toFixed(1)} s` : ''));
      if (s.message && s.state === 'failed') item.append(element('span', 'why', pick(s.message)));
      list.append(item);
    }
    view.append(list);
  }
  const outcome = run.outcome;
  view.append(outcome
    ? element('div', `outcome ${outcome.outcome}`, `${word(`run.${outcome.outcome}`)}${outcome.message ? ` — ${pick(outcome.message)}` : ''}`)
    : element('div', 'meaning', word('run.waiting')));
  return view;
}
