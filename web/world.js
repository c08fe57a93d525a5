// The 3-D view: one hall in which every world has its place; camera, light, labels, small pictures of the robots' eyes.
import * as THREE from '/three/build/three.module.min.js';
import { OrbitControls } from '/three/examples/jsm/controls/OrbitControls.js';
import { Stage } from './stage.js';
import { Eyes } from './eyes.js';
import { Sky } from './sky.js';
import { plainSurfaces } from './shapes.js';

const STEADY = matchMedia('(prefers-reduced-motion: reduce)');
const FROM = new THREE.Vector3(0.66, -0.62, 0.47).normalize();
/** How much larger what stands in front is than the middle, seen from there. */
const NEARER = 1.3;
/** Height of a label with the gap to the next, px. */
const LABEL = 34;

/** Whether this machine draws in software, without a graphics chip. */
function inSoftware() {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

export class WorldView {
  constructor(canvas, labels) {
    this.canvas = canvas;
    this.labels = labels;
    this.soft = inSoftware();
    const asked = new URLSearchParams(location.search).get('quality');
    this.fine = asked ? asked === 'high' : !this.soft;
    if (!this.fine) plainSurfaces();
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: this.fine, powerPreference: 'high-performance' });
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = this.fine ? THREE.PCFSoftShadowMap : THREE.BasicShadowMap;
    this.renderer.shadowMap.autoUpdate = false;
    this.renderer.toneMapping = THREE.NeutralToneMapping;
    this.renderer.info.autoReset = false;
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(32, 1, 0.05, 120);
    this.camera.up.set(0, 0, 1);
    this.camera.position.copy(FROM).multiplyScalar(2.4);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, { enableDamping: !STEADY.matches, dampingFactor: 0.09, maxPolarAngle: Math.PI / 2 - 0.01, minDistance: 0.12, maxDistance: 40 });
    this.controls.addEventListener('change', () => this.touch());
    this.controls.addEventListener('start', () => { this.flight = null; this.moved = true; });
    this.sky = new Sky(this.renderer, this.scene, this.fine);
    this.root = new THREE.Group();
    this.scene.add(this.root);
    this.eyes = new Eyes(this.renderer, this.fine);
    this.stages = [];
    this.layers = { belief: true, plan: true, frusta: false, forces: false, eyes: true };
    this.selected = 0;
    this.free = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    this.dirty = 2;
    this.rest = 0;
    this.ratio = this.fine ? Math.min(devicePixelRatio, 2) : 0.7;
    this.frameTime = 16;
    canvas.addEventListener('dblclick', (e) => this.focusAt(e));
    canvas.addEventListener('keydown', (e) => this.key(e));
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const tone = () => { this.sky.tone(dark.matches); this.stages.forEach((s) => { s.dark = dark.matches; s.speak(); }); this.dark = dark.matches; this.touch(); };
    dark.addEventListener('change', tone);
    tone();
    canvas.addEventListener('webglcontextrestored', () => this.touch());
  }

  /** Something changed: draw again. */
  touch() { this.dirty = Math.max(this.dirty, 1); }

  /** The part of the window that nothing covers, in CSS pixels. */
  area(free) {
    const changed = ['left', 'top', 'right', 'bottom'].some((k) => Math.abs(free[k] - this.free[k]) > 1) || innerWidth !== this.width || innerHeight !== this.height;
    if (!changed) return;
    this.free = free;
    this.width = innerWidth;
    this.height = innerHeight;
    this.renderer.setPixelRatio(this.ratio);
    this.renderer.setSize(innerWidth, innerHeight, false);
    this.camera.aspect = innerWidth / innerHeight;
    this.camera.setViewOffset(innerWidth, innerHeight, innerWidth / 2 - (free.left + free.right) / 2, innerHeight / 2 - (free.top + free.bottom) / 2, innerWidth, innerHeight);
    this.camera.updateProjectionMatrix();
    this.touch();
    if (!this.moved) this.fit(true);
  }

  /** From now on there are this many worlds. */
  begin(count) {
    this.stages.forEach((s) => s.dispose());
    this.stages = Array.from({ length: count }, () => new Stage(this.dark));
    this.root.clear();
    for (const s of this.stages) this.root.add(s.root);
    for (const s of this.stages) s.root.visible = false;
    this.labels.replaceChildren(...(count > 1 ? this.stages.map((s, i) => this.label(s, i)) : []));
    this.selected = 0;
    this.moved = false;
    this.look();
  }

  label(stage, i) {
    const b = document.createElement('button');
    b.className = 'label';
    b.hidden = true;
    b.addEventListener('click', () => this.onSelect?.(i));
    stage.label = b;
    return b;
  }

  /** Builds what a scene message describes. */
  load(slot, message) {
    const stage = this.stages[slot];
    if (!stage) return;
    stage.load(message);
    this.look();
  }

  /** Names that are part of the picture, in the language of the page. */
  speak() {
    this.stages.forEach((s) => s.speak());
    this.eyes.speak();
    this.touch();
  }

  /** Poses of a frame: slot, time, bodies, joints, poses, joint numbers, contacts. */
  pose(slot, frame) {
    const stage = this.stages[slot];
    if (!stage || stage.shown === frame) return;
    const first = !stage.shown;
    stage.pose(frame);
    this.touch();
    this.renderer.shadowMap.needsUpdate = true;
    if (first && this.stages.every((s) => s.shown || !s.loaded)) this.arrange();
  }

  select(slot) {
    this.selected = slot;
    this.look();
  }

  look() {
    this.eyes.of(this.stages[this.selected]?.cameras ?? []);
    this.stages.forEach((s) => s.show(this.layers));
    this.touch();
  }

  /** Gives every world its place in rows across the view, and looks at all of them. */
  arrange() {
    const ready = this.stages.filter((s) => s.shown);
    const n = this.stages.length;
    const across = new THREE.Vector3(-FROM.y, FROM.x, 0).normalize();
    const away = new THREE.Vector3(-FROM.x, -FROM.y, 0).normalize();
    const boxes = ready.map((s) => s.measure(across, away));
    const width = Math.max(0.1, ...boxes.map((b) => b.width));
    const depth = Math.max(0.1, ...boxes.map((b) => b.depth));
    const columns = this.columns(n, width, depth, Math.max(0.1, ...ready.map((s) => s.bounds.max.z)));
    const rows = Math.ceil(n / columns);
    this.stages.forEach((s, i) => {
      const row = Math.floor(i / columns);
      const inRow = Math.min(columns, n - row * columns);
      const x = ((i % columns) - (inRow - 1) / 2) * width * 1.06;
      const y = (rows - 1) / 2 - row;
      s.root.position.copy(across).multiplyScalar(x).addScaledVector(away, y * depth * 1.12);
      if (s.centre) s.root.position.sub(new THREE.Vector3(s.centre.x, s.centre.y, 0));
      s.root.visible = !!s.shown;
      s.root.updateMatrixWorld(true);
    });
    this.sky.cover(this.box(), n);
    this.renderer.shadowMap.needsUpdate = true;
    if (!this.moved) this.fit(this.settled !== true);
    this.settled = true;
  }

  /** How many worlds stand in a row so that all are seen large; rows hide each other, so few of them. */
  columns(n, width, depth, height) {
    const w = this.free.right - this.free.left;
    const h = this.free.bottom - this.free.top;
    let best = [0, n];
    for (let c = n; c >= 1; c--) {
      const seen = Math.ceil(n / c) * depth * FROM.z + height * Math.hypot(FROM.x, FROM.y);
      const scale = Math.min(w / (c * width), h / (seen * NEARER));
      if (scale > best[0] * 1.15) best = [scale, c];
    }
    return best[1];
  }

  box(stages = this.stages) {
    const box = new THREE.Box3();
    for (const s of stages) if (s.bounds) box.union(s.bounds.clone().translate(s.root.position));
    return box;
  }

  /** Looks at everything (or some worlds) so that it just fits the free part of the window. */
  fit(now, stages = this.stages) {
    const corners = [];
    for (const s of stages) for (const c of s.corners ?? []) corners.push(c.clone().add(s.root.position));
    if (!corners.length) return;
    const fw = Math.max(80, this.free.right - this.free.left - 24) / this.width;
    const fh = Math.max(80, this.free.bottom - this.free.top - 24) / this.height;
    const tan = Math.tan(THREE.MathUtils.degToRad(this.camera.fov) / 2);
    const forward = FROM.clone().negate();
    const right = new THREE.Vector3().crossVectors(forward, this.camera.up).normalize();
    const up = new THREE.Vector3().crossVectors(right, forward);
    let target = new THREE.Box3().setFromPoints(corners).getCenter(new THREE.Vector3());
    let distance = 1;
    for (let k = 0; k < 3; k++) {
      distance = Math.max(...corners.map((c) => {
        const d = c.clone().sub(target);
        return Math.max(Math.abs(d.dot(right)) / (tan * this.camera.aspect * fw), Math.abs(d.dot(up)) / (tan * fh)) - d.dot(forward);
      }));
      const eye = target.clone().addScaledVector(FROM, distance);
      const angles = (axis) => { const a = corners.map((c) => { const d = c.clone().sub(eye); return d.dot(axis) / d.dot(forward); }); return (Math.min(...a) + Math.max(...a)) / 2; };
      target.addScaledVector(right, angles(right) * distance).addScaledVector(up, angles(up) * distance);
    }
    this.fly(target, target.clone().addScaledVector(FROM, distance * 1.03), now);
  }

  fly(target, position, now) {
    if (now || this.soft || STEADY.matches) {
      this.controls.target.copy(target);
      this.camera.position.copy(position);
      this.controls.update();
      this.touch();
      return;
    }
    this.flight = { t: performance.now(), from: [this.controls.target.clone(), this.camera.position.clone()], to: [target.clone(), position.clone()] };
    this.touch();
  }

  focusAt(e) {
    const ray = new THREE.Raycaster();
    const r = this.canvas.getBoundingClientRect();
    ray.setFromCamera(new THREE.Vector2(((e.clientX - r.left) / r.width) * 2 - 1, 1 - ((e.clientY - r.top) / r.height) * 2), this.camera);
    const hit = ray.intersectObjects(this.stages.map((s) => s.solid), true)[0];
    if (!hit) { this.moved = false; this.fit(); return; }
    const distance = Math.max(0.45, this.camera.position.distanceTo(this.controls.target) * 0.5);
    const back = this.camera.position.clone().sub(this.controls.target).normalize();
    this.fly(hit.point, hit.point.clone().addScaledVector(back, distance));
    this.moved = true;
  }

  key(e) {
    const turn = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[e.key];
    const zoom = { '+': 0.86, '=': 0.86, '-': 1.16 }[e.key];
    if (!turn && !zoom && e.key !== 'Home') return;
    e.preventDefault();
    if (e.key === 'Home') { this.moved = false; this.fit(); return; }
    this.flight = null;
    this.moved = true;
    const s = new THREE.Spherical();
    const turned = new THREE.Quaternion().setFromUnitVectors(this.camera.up, new THREE.Vector3(0, 1, 0));
    const d = this.camera.position.clone().sub(this.controls.target).applyQuaternion(turned);
    s.setFromVector3(d);
    if (turn) { s.theta += turn[0]; s.phi = THREE.MathUtils.clamp(s.phi + turn[1], 0.05, Math.PI / 2 - 0.01); }
    if (zoom) s.radius = THREE.MathUtils.clamp(s.radius * zoom, 0.12, 40);
    d.setFromSpherical(s).applyQuaternion(turned.invert());
    this.camera.position.copy(this.controls.target).add(d);
    this.touch();
  }

  /** Draws when something changed; returns whether it did. */
  draw(now) {
    if (this.flight) {
      const k = Math.min(1, (now - this.flight.t) / 650);
      const e = k * k * (3 - 2 * k);
      this.controls.target.lerpVectors(this.flight.from[0], this.flight.to[0], e);
      this.camera.position.lerpVectors(this.flight.from[1], this.flight.to[1], e);
      if (k >= 1) this.flight = null;
      this.touch();
    }
    this.controls.update();
    if (this.stages.some((s) => s.breathe(now))) this.touch();
    if (!this.dirty || now < this.rest) return false;
    const began = performance.now();
    const due = this.layers.eyes && this.eyes.due(now);
    this.dirty--;
    this.renderer.info.reset();
    this.camera.updateMatrixWorld();
    this.sky.follow(this.controls.target);
    if (due) this.eyes.refresh(this.scene, this.stages);
    this.renderer.render(this.scene, this.camera);
    if (this.layers.eyes) this.eyes.draw();
    this.draws = this.renderer.info.render.calls;
    this.triangles = this.renderer.info.render.triangles;
    this.placeLabels();
    if (this.soft) this.pause(began);
    if (!this.sky.ready && this.fine) { this.sky.light(); this.dirty = 2; }
    return true;
  }

  /** In software, drawing leaves most of the processor to the run. */
  pause(began) {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, this.pixel ??= new Uint8Array(4));
    const cost = performance.now() - began;
    this.rest = performance.now() + Math.min(4000, 2 * cost);
  }

  /** Gives up sharpness, then soft shadows, where drawing is slow. */
  measure(ms) {
    if (this.soft) return;
    this.frameTime = 0.9 * this.frameTime + 0.1 * Math.min(ms, 500);
    this.slow = this.frameTime > 30 ? (this.slow ?? 0) + 1 : 0;
    if (this.slow < 25) return;
    this.slow = 0;
    if (this.ratio > 1) { this.ratio = Math.max(1, this.ratio - 0.5); this.width = 0; }
    else if (this.renderer.shadowMap.type !== THREE.PCFShadowMap) { this.renderer.shadowMap.type = THREE.PCFShadowMap; this.sky.coarser(); this.renderer.shadowMap.needsUpdate = true; }
    else if (this.ratio > 0.7) { this.ratio = 0.7; this.width = 0; }
  }

  placeLabels() {
    const v = new THREE.Vector3();
    const shown = [];
    for (const s of this.stages) {
      if (!s.label || !s.bounds || !s.root.visible) continue;
      let top = -Infinity;
      for (let i = 0; i < 8; i++) {
        v.set(i & 1 ? s.bounds.max.x : s.bounds.min.x, i & 2 ? s.bounds.max.y : s.bounds.min.y, i & 4 ? s.bounds.max.z : s.bounds.min.z).add(s.root.position).project(this.camera);
        top = Math.max(top, v.y);
      }
      v.copy(s.centre).add(s.root.position).project(this.camera);
      const wide = this.labelWidth(s) / 2 + 6;
      s.label.hidden = v.z > 1;
      if (v.z > 1) continue;
      const x = Math.min(this.free.right - wide, Math.max(this.free.left + wide, ((v.x + 1) / 2) * this.width));
      const y = Math.min(this.free.bottom - 30, Math.max(this.free.top + 34, ((1 - top) / 2) * this.height));
      shown.push({ label: s.label, x, y, wide });
    }
    shown.sort((a, b) => b.y - a.y); // lower ones stay, others give way upward
    shown.forEach((l, i) => {
      for (const o of shown.slice(0, i)) if (Math.abs(o.x - l.x) < o.wide + l.wide && Math.abs(o.y - l.y) < LABEL) l.y = o.y - LABEL;
      l.label.style.transform = `translate(-50%, -100%) translate(${l.x.toFixed(1)}px, ${l.y.toFixed(1)}px)`;
    });
  }

  /** Measured only when the words change. */
  labelWidth(s) {
    const text = s.label.textContent;
    if (s.labelled !== text && !s.label.hidden) { s.labelled = text; s.labelWide = s.label.offsetWidth; }
    return s.labelWide ?? 120;
  }
}
