// Reads the log of a run, whatever it holds: nothing that is not sound comes out of here.
const MOST_BODIES = 20000;
const number = (x) => typeof x === 'number' && Number.isFinite(x);
const numbers = (a, n) => Array.isArray(a) && (n === undefined || a.length === n) && a.every(number);
const text = (x) => x === undefined || typeof x === 'string' || (x && typeof x === 'object' && Object.values(x).every((v) => typeof v === 'string'));
const index = (i, n) => Number.isInteger(i) && i >= 0 && i < n;

const SOUND = {
  scene: (e) => index(e.bodies, MOST_BODIES) && Array.isArray(e.geoms) && Array.isArray(e.meshes ?? []) && text(e.title)
    && (e.meshes ?? []).every((m) => numbers(m?.v) && m.v.length % 3 === 0 && Array.isArray(m.f) && m.f.every((i) => index(i, m.v.length / 3)))
    && e.geoms.every((g) => g && index(g.b, e.bodies) && typeof g.t === 'string' && numbers(g.s, 3) && numbers(g.p, 3) && numbers(g.q, 4) && numbers(g.c, 4) && (g.t !== 'mesh' || index(g.m, (e.meshes ?? []).length)))
    && (e.cameras ?? []).every((c) => c && index(c.b, e.bodies) && number(c.fovy) && numbers(c.p, 3) && numbers(c.q, 4))
    && (e.rooms ?? []).every((r) => r && numbers(r.p, 3) && numbers(r.size, 3)) && (e.joints ?? []).every((j) => typeof j?.name === 'string'),
  run: (e) => typeof e.instruction === 'string',
  understood: (e) => text(e.message) && (e.evidence ?? []).every((p) => Number.isInteger(p?.start) && Number.isInteger(p.end) && typeof p.meaning === 'string'),
  plan: (e) => Number.isInteger(e.from ?? 0) && Array.isArray(e.steps) && e.steps.every(step),
  step: (e) => index(e.index, 1000) && step(e),
  outcome: (e) => typeof e.outcome === 'string' && text(e.message),
  belief: (e) => Array.isArray(e.things) && e.things.every((o) => o && numbers(o.p, 3) && numbers(o.q, 4) && numbers(o.size, 3) && number(o.confidence)),
  ghost: (e) => numbers(e.path ?? []) && numbers(e.bodies ?? []),
};
function step(s) { return typeof s?.skill === 'string' && text(s.message) && Object.values(s.args ?? {}).every((v) => typeof v === 'string'); }

/**
 * What a log holds: `header`, `scene`, `frames` (as they come over the wire), `beliefs`, `ghosts` and `events` with their times;
 * `cut` is the line from which on it could not be read, or 0. Throws when it is no log that can be shown.
 */
export function readLog(content) {
  const lines = content.split('\n');
  const out = { header: null, scene: null, frames: [], beliefs: [], ghosts: [], events: [], cut: 0 };
  let now = 0;
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i]) continue;
    const e = parsed(lines[i]);
    if (!out.header) {
      if (e?.kind !== 'header' || e.format !== 1) throw new Error('no header');
      out.header = e;
      continue;
    }
    if (!e) { out.cut = i + 1; break; }
    if (e.kind === 'frame') {
      if (!number(e.t) || !numbers(e.x) || !e.x.length || e.x.length % 7) { out.cut = i + 1; break; }
      now = e.t;
      out.frames.push(Float32Array.from([0, e.t, e.x.length / 7, 0, ...e.x]));
      continue;
    }
    if (!SOUND[e.kind]) continue; // of a later version, or the end
    if (!holds(e)) { out.cut = i + 1; break; }
    if (e.kind === 'scene') { out.scene ??= e; continue; }
    const t = Math.max(now, [e.t, e.state === 'running' ? e.start_s : e.end_s].find(number) ?? now);
    if (e.kind === 'belief') out.beliefs.push({ t, e: e.things });
    else if (e.kind === 'ghost') out.ghosts.push({ t, e: e.path ? e : null });
    else out.events.push({ t, e });
  }
  if (!out.scene || !out.frames.length) throw new Error('nothing to show');
  const end = out.frames.at(-1)[1]; // what came after the last picture is told with it
  for (const list of [out.events, out.beliefs, out.ghosts]) for (const n of list) n.t = Math.min(n.t, end);
  return out;
}

function parsed(line) {
  try {
    const e = JSON.parse(line);
    return e && typeof e === 'object' ? e : null;
  } catch {
    return null;
  }
}

function holds(e) {
  try { return SOUND[e.kind](e); } catch { return false; }
}
