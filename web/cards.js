// Choosing body and scene: cards with a picture (drawn here, once, from shapes the program sends) and what a body can do.
import * as THREE from '/three/build/three.module.min.js';
import { $, element } from './dom.js';
import { buildBodies } from './shapes.js';
import { pick, word } from './words.js';

const WIDE = 320;
const HIGH = 220;
const MANY = 6;

export class Cards {
  constructor(view, onChange) {
    Object.assign(this, { view, onChange, pictures: new Map(), bodies: [], scene: '' });
    $('cards').addEventListener('close', () => this.onChange());
    $('cards').addEventListener('click', (e) => { if (e.target === $('cards')) $('cards').close(); });
  }

  openBodies(offer) {
    this.open('body', offer.bodies, true, (o) => this.bodies.includes(o.name), (name, on) => {
      if (on && this.bodies.length >= MANY) return false;
      this.bodies = on ? [...this.bodies, name] : this.bodies.filter((b) => b !== name);
      if (!this.bodies.length) { this.bodies = [name]; return false; }
      return true;
    });
  }

  openScenes(offer) {
    this.open('scene', offer.scenes, false, (o) => this.scene === o.name, (name) => { this.scene = name; return true; });
  }

  open(kind, list, many, chosen, choose) {
    $('cards-title').textContent = word(`cards.${kind}`);
    $('cards-hint').textContent = word(`cards.${kind}.hint`);
    $('cards-list').replaceChildren(...list.map((o) => {
      const card = element('label', 'card');
      const box = element('input');
      box.type = many ? 'checkbox' : 'radio';
      box.name = kind;
      box.checked = chosen(o);
      box.addEventListener('change', () => { if (!choose(o.name, box.checked)) box.checked = !box.checked; });
      const picture = element('img');
      picture.alt = '';
      picture.width = WIDE;
      picture.height = HIGH;
      this.picture(kind, o.name).then((url) => { if (url) picture.src = url; });
      card.append(box, picture, element('b', '', pick(o.title)));
      if (o.abilities) card.append(element('small', '', o.abilities.map((a) => word(`ability.${a}`)).join(' · ')));
      return card;
    }));
    $('cards').showModal();
  }

  picture(kind, name) {
    const key = `${kind}/${name}`;
    if (!this.pictures.has(key)) {
      const made = (this.queue ?? Promise.resolve()).then(() => fetch(`/portrait/${key}`)).then((r) => (r.ok ? r.json() : null))
        .then((m) => (m ? this.render(m) : null)).catch(() => null);
      this.queue = made;
      this.pictures.set(key, made);
    }
    return this.pictures.get(key);
  }

  /** Draws shapes into a picture of their own and returns its address. */
  render(message) {
    const r = this.view?.renderer;
    if (!r) return null;
    const scene = new THREE.Scene();
    scene.environment = this.view.scene.environment;
    scene.environmentIntensity = 0.75;
    const sun = new THREE.DirectionalLight('#fff3e2', 1.9);
    sun.position.set(2, -1.4, 4);
    scene.add(sun, new THREE.HemisphereLight('#ffffff', '#8a8f8c', 0.6));
    const bodies = buildBodies(message);
    scene.add(...bodies);
    bodies.forEach((b, i) => { const x = message.x.slice(7 * i, 7 * i + 7); b.position.set(x[0], x[1], x[2]); b.quaternion.set(x[4], x[5], x[6], x[3]); });
    scene.updateMatrixWorld(true);
    const box = new THREE.Box3().setFromObject(scene);
    const c = box.getCenter(new THREE.Vector3());
    const from = new THREE.Vector3(0.72, -0.58, 0.38).normalize();
    const camera = new THREE.PerspectiveCamera(24, WIDE / HIGH, 0.05, 100);
    camera.up.set(0, 0, 1);
    camera.position.copy(c).addScaledVector(from, 1);
    camera.lookAt(c);
    const d = this.fit(box, c, from, camera);
    camera.position.copy(c).addScaledVector(from, d);
    const target = new THREE.WebGLRenderTarget(WIDE, HIGH, { samples: 4, type: THREE.HalfFloatType });
    const flat = new THREE.WebGLRenderTarget(WIDE, HIGH);
    r.setRenderTarget(target);
    const colour = r.getClearAlpha();
    r.setClearAlpha(0);
    r.clear();
    r.render(scene, camera);
    const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), new THREE.ShaderMaterial({
      uniforms: { map: { value: target.texture } }, depthTest: false, transparent: false,
      vertexShader: 'varying vec2 u; void main(){ u = uv; gl_Position = vec4(position.xy, 0., 1.); }',
      fragmentShader: 'varying vec2 u; uniform sampler2D map; void main(){ vec4 c = texture2D(map, u); vec3 x = min(c.rgb, 1.); gl_FragColor = vec4(mix(x * 12.92, 1.055 * pow(x, vec3(1. / 2.4)) - .055, step(.0031308, x)), c.a); }',
    }));
    quad.frustumCulled = false;
    r.setRenderTarget(flat);
    r.clear();
    r.render(new THREE.Scene().add(quad), new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1));
    const pixels = new Uint8Array(WIDE * HIGH * 4);
    r.readRenderTargetPixels(flat, 0, 0, WIDE, HIGH, pixels);
    r.setRenderTarget(null);
    r.setClearAlpha(colour);
    const canvas = element('canvas');
    canvas.width = WIDE;
    canvas.height = HIGH;
    const image = canvas.getContext('2d').createImageData(WIDE, HIGH);
    for (let y = 0; y < HIGH; y++) image.data.set(pixels.subarray((HIGH - 1 - y) * WIDE * 4, (HIGH - y) * WIDE * 4), y * WIDE * 4);
    canvas.getContext('2d').putImageData(image, 0, 0);
    target.dispose();
    flat.dispose();
    bodies.forEach((b) => b.children.forEach((m) => m.geometry?.dispose()));
    this.view.touch();
    return canvas.toDataURL('image/png');
  }

  fit(box, c, from, camera) {
    const right = new THREE.Vector3().crossVectors(from.clone().negate(), camera.up).normalize();
    const up = new THREE.Vector3().crossVectors(right, from.clone().negate());
    const tan = Math.tan(THREE.MathUtils.degToRad(camera.fov) / 2) * 0.92;
    let most = 0.2;
    for (let i = 0; i < 8; i++) {
      const d = new THREE.Vector3(i & 1 ? box.max.x : box.min.x, i & 2 ? box.max.y : box.min.y, i & 4 ? box.max.z : box.min.z).sub(c);
      most = Math.max(most, d.dot(from) + Math.max(Math.abs(d.dot(right)) / (tan * camera.aspect), Math.abs(d.dot(up)) / tan));
    }
    return most;
  }
}
