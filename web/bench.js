// A model by itself: sliders for its joints and controls, pause and step, and pulling its parts with the mouse.
import * as THREE from '/three/build/three.module.min.js';
import { $, element } from './dom.js';
import { word } from './words.js';

const EVERY = 40;

export class Bench {
  constructor(send) {
    this.send = send;
    this.paused = false;
    this.box = $('bench');
    this.box.hidden = false;
    addEventListener('keydown', (e) => {
      if (e.target.matches?.('input, button')) return;
      if (e.code === 'Space') { e.preventDefault(); this.pause(!this.paused); }
      if (e.key === '.') this.send({ kind: 'step', n: 1 });
    });
  }

  load(scene) {
    this.scene = scene;
    this.build();
  }

  build() {
    const s = this.scene;
    if (!s) return;
    const row = element('div', 'bench-row');
    this.button = this.make(row, 'bench.pause', () => this.pause(!this.paused));
    this.make(row, 'bench.step', () => this.send({ kind: 'step', n: 1 }));
    this.make(row, 'bench.reset', () => { this.send({ kind: 'reset', key: 0 }); this.controls.forEach((c) => c.set(0)); });
    const keys = element('div', 'bench-row');
    for (let k = 1; k < Math.min(s.keys ?? 0, 8); k++) this.make(keys, 'bench.key', () => this.send({ kind: 'reset', key: k }), { n: k });
    this.warned = element('p', 'outcome failed', '');
    this.warned.hidden = true;
    this.controls = (s.controls ?? []).map((c) => this.slider(c, c.range ?? [-1, 1], (value) => this.send({ kind: 'ctrl', at: c.at, value })));
    this.joints = (s.joints ?? []).map((j, i) => this.slider(j, j.range ?? (j.slide ? [-1, 1] : [-Math.PI, Math.PI]), (value) => this.send({ kind: 'joint', at: i, value })));
    const parts = [element('h2', '', s.body), row, keys, this.warned, element('p', 'meaning', word('bench.hint'))];
    if (this.controls.length) parts.push(element('h3', '', word('bench.controls')), ...this.controls.map((c) => c.row));
    if (this.joints.length) parts.push(element('h3', '', word('bench.joints')), ...this.joints.map((c) => c.row));
    this.box.replaceChildren(...parts);
    this.showPause();
  }

  make(row, key, action, values) {
    const b = element('button', '', word(key, values));
    b.type = 'button';
    b.addEventListener('click', action);
    row.append(b);
    return b;
  }

  slider(of, [lo, hi], change) {
    const row = element('label', 'bench-slider');
    const input = element('input');
    const value = element('output', '', '0');
    Object.assign(input, { type: 'range', min: lo, max: hi, step: (hi - lo) / 400, value: Math.min(hi, Math.max(lo, 0)) });
    input.addEventListener('input', () => { value.textContent = Number(input.value).toFixed(2); change(Number(input.value)); });
    row.append(element('span', '', (of.name || '–').replaceAll('_', ' ')), value, input);
    return { row, input, set: (v) => { if (document.activeElement !== input) input.value = v; value.textContent = v.toFixed(2); } };
  }

  pause(on) {
    this.paused = on;
    this.send({ kind: 'pause', on });
    this.showPause();
  }

  showPause() { if (this.button) this.button.textContent = word(this.paused ? 'bench.go' : 'bench.pause'); }

  status(e) {
    if (this.paused !== e.paused) { this.paused = e.paused; this.showPause(); }
    if (!this.warned) return;
    this.warned.hidden = !e.warnings;
    this.warned.textContent = word('bench.warned', { n: e.warnings });
  }

  /** Joint sliders follow the model. */
  show(stage) {
    const f = stage?.shown;
    if (!f || !this.joints || performance.now() - (this.last ?? 0) < 100) return;
    this.last = performance.now();
    this.joints.forEach((j, i) => { if (i < f[3]) j.set(f[4 + 7 * f[2] + i]); });
  }

  /** Lets the mouse (or a finger) pull moving bodies. */
  pull(view) {
    if (this.view) return;
    this.view = view;
    const ray = new THREE.Raycaster();
    const line = new THREE.Line(new THREE.BufferGeometry().setFromPoints([new THREE.Vector3(), new THREE.Vector3()]), new THREE.LineBasicMaterial({ color: '#e8590c', depthTest: false }));
    line.frustumCulled = false;
    line.visible = false;
    view.scene.add(line);
    let held = null;
    const aim = (e) => ray.setFromCamera(new THREE.Vector2((e.clientX / view.width) * 2 - 1, 1 - (e.clientY / view.height) * 2), view.camera);
    view.canvas.addEventListener('pointerdown', (e) => {
      const stage = view.stages[0];
      if (e.button !== 0 || e.shiftKey || !stage) return;
      aim(e);
      const hit = ray.intersectObjects(stage.bodies, true)[0];
      let body = hit?.object;
      while (body && body.userData.index === undefined) body = body.parent;
      if (!body || !this.scene.movable.includes(body.userData.index)) return;
      e.stopImmediatePropagation();
      view.controls.enabled = false;
      view.canvas.setPointerCapture(e.pointerId);
      held = { body, point: body.worldToLocal(hit.point.clone()), plane: new THREE.Plane().setFromNormalAndCoplanarPoint(view.camera.getWorldDirection(new THREE.Vector3()), hit.point), sent: 0 };
    }, { capture: true });
    view.canvas.addEventListener('pointermove', (e) => {
      if (!held) return;
      aim(e);
      const to = ray.ray.intersectPlane(held.plane, new THREE.Vector3());
      if (!to) return;
      line.geometry.setFromPoints([held.body.localToWorld(held.point.clone()), to]);
      line.visible = true;
      view.touch();
      if (performance.now() - held.sent < EVERY) return;
      held.sent = performance.now();
      const target = to.clone().sub(view.stages[0].root.position);
      this.send({ kind: 'pull', body: held.body.userData.index, point: held.point.toArray(), target: target.toArray() });
    });
    const drop = () => {
      if (!held) return;
      held = null;
      line.visible = false;
      view.controls.enabled = true;
      view.touch();
      this.send({ kind: 'release' });
    };
    view.canvas.addEventListener('pointerup', drop);
    view.canvas.addEventListener('pointercancel', drop);
  }
}
