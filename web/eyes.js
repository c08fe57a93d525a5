// What a robot's cameras see: drawn into small textures a few times a second, shown in frames of the page.
import * as THREE from '/three/build/three.module.min.js';
import { word } from './words.js';

const MAX = 3;

export class Eyes {
  constructor(renderer, fine) {
    this.renderer = renderer;
    this.every = fine ? 120 : 1500;
    this.samples = fine ? 2 : 0;
    this.box = document.getElementById('eyes');
    this.list = [];
    this.turn = 0;
    this.last = 0;
    this.flat = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);
    this.material = new THREE.ShaderMaterial({
      uniforms: { map: { value: null }, size: { value: new THREE.Vector2() } },
      vertexShader: 'varying vec2 u; void main(){ u = uv; gl_Position = vec4(position.xy, 0., 1.); }',
      fragmentShader: `varying vec2 u; uniform sampler2D map; uniform vec2 size;
        void main(){ vec2 p = abs(u - .5) * size - size * .5 + 12.; float out_ = length(max(p, 0.)) - 12.;
          if (out_ > 0.) discard;
          gl_FragColor = vec4(texture2D(map, u).rgb, 1.);
          #include <tonemapping_fragment>
          #include <colorspace_fragment>
        }`,
      depthTest: false, depthWrite: false,
    });
    const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), this.material);
    quad.frustumCulled = false;
    this.quad = new THREE.Scene().add(quad);
  }

  /** These cameras from now on. */
  of(cameras) {
    const shown = cameras.slice(0, MAX);
    const same = this.list.length === shown.length && this.list.every((e, i) => e.camera === shown[i].camera);
    if (same) return;
    this.list.forEach((e) => e.target.dispose());
    this.list = shown.map(({ name, camera }) => {
      const frame = document.createElement('button');
      frame.className = 'eye';
      frame.setAttribute('aria-pressed', 'false');
      frame.append(document.createElement('span'));
      frame.onclick = () => frame.setAttribute('aria-pressed', String(frame.classList.toggle('large')));
      return { name, camera, frame, target: new THREE.WebGLRenderTarget(320, 240, { type: THREE.HalfFloatType, samples: this.samples }), fresh: false };
    });
    this.box.replaceChildren(...this.list.map((e) => e.frame));
    this.turn = 0;
    this.speak();
  }

  /** Names of the cameras in the page's language. */
  speak() {
    for (const { name, frame } of this.list) {
      const words = name.split('_').map((w) => word(`eye.${w}`));
      frame.setAttribute('aria-label', words.join(word('eye.space')));
      frame.firstElementChild.textContent = words.join(word('eye.space'));
    }
  }

  due(now) {
    if (!this.list.length || this.box.hidden || now - this.last < this.every) return false;
    this.last = now;
    return true;
  }

  /** One camera's picture; outlines, ghosts and frustums are no part of it. */
  refresh(scene, stages) {
    const some = this.list.some((e) => !e.fresh) ? this.list : [this.list[this.turn++ % this.list.length]];
    const hidden = [];
    for (const s of stages) {
      for (const o of [s.beliefs, s.plan, s.arrows, ...s.frusta]) if (o.visible) { o.visible = false; hidden.push(o); }
    }
    for (const e of some) {
      this.renderer.setRenderTarget(e.target);
      this.renderer.render(scene, e.camera);
      e.fresh = true;
    }
    this.renderer.setRenderTarget(null);
    hidden.forEach((o) => { o.visible = true; });
  }

  /** Puts the pictures where their frames are. */
  draw() {
    if (this.box.hidden) return;
    const r = this.renderer;
    const height = r.domElement.clientHeight;
    r.autoClear = false;
    for (const e of this.list) {
      const b = e.frame.getBoundingClientRect();
      if (!e.fresh || b.width < 8) continue;
      this.material.uniforms.map.value = e.target.texture;
      this.material.uniforms.size.value.set(b.width, b.height);
      r.setViewport(b.left, height - b.bottom, b.width, b.height);
      r.render(this.quad, this.flat);
    }
    r.setViewport(0, 0, r.domElement.clientWidth, height);
    r.autoClear = true;
  }
}
