// Light and ground: an environment made here (no downloads), one sun with soft shadows, a grid that fades out.
import * as THREE from '/three/build/three.module.min.js';

export class Sky {
  constructor(renderer, scene, fine) {
    Object.assign(this, { renderer, scene, ready: false });
    this.sun = new THREE.DirectionalLight('#fff3e2', fine ? 2.0 : 2.3);
    this.sun.castShadow = true;
    this.sun.shadow.mapSize.setScalar(fine ? 2048 : 1024);
    this.sun.shadow.bias = -0.0005;
    this.sun.shadow.normalBias = 0.012;
    this.sun.shadow.radius = 3;
    this.fill = new THREE.HemisphereLight('#ffffff', '#a3a19b', fine ? 1.1 : 1.7);
    scene.add(this.sun, this.sun.target, this.fill);
    this.ground = makeGround();
    scene.add(this.ground);
    this.cover(new THREE.Box3(new THREE.Vector3(-1, -1, 0), new THREE.Vector3(1, 1, 1)), 1);
  }

  /** The environment takes a moment; the first picture comes before it. */
  light() {
    const pmrem = new THREE.PMREMGenerator(this.renderer);
    const studio = makeStudio();
    this.scene.environment = pmrem.fromScene(studio, 0.03).texture;
    this.scene.environmentIntensity = 0.5;
    pmrem.dispose();
    this.fill.intensity = 0.25;
    this.ready = true;
  }

  tone(dark) {
    const far = new THREE.Color(dark ? '#15191a' : '#e8ebeb');
    this.scene.background = far;
    const u = this.ground.material.uniforms;
    u.base.value.set(dark ? '#1d2324' : '#dde2e1');
    u.line.value.set(dark ? '#3b4a4c' : '#b4c0be');
    u.far.value.copy(far);
    this.ground.children[0].material.opacity = dark ? 0.42 : 0.2;
  }

  /** Shadows and grid reach over this box. */
  cover(box, worlds) {
    const c = box.getCenter(new THREE.Vector3());
    const r = Math.max(0.6, box.getSize(new THREE.Vector3()).length() / 2);
    const s = this.sun.shadow.camera;
    s.left = s.bottom = -r;
    s.right = s.top = r;
    s.near = 0.1;
    s.far = r * 6;
    s.updateProjectionMatrix();
    this.sun.target.position.copy(c);
    this.sun.position.copy(c).add(new THREE.Vector3(0.42, -0.3, 1).normalize().multiplyScalar(r * 3));
    this.ground.material.uniforms.reach.value = Math.max(3, r * (worlds > 1 ? 1.6 : 2.6));
  }

  follow(target) { this.ground.material.uniforms.middle.value.set(target.x, target.y); }

  coarser() {
    this.sun.shadow.mapSize.set(1024, 1024);
    this.sun.shadow.map?.dispose();
    this.sun.shadow.map = null;
  }
}

/** A white room with light panels, seen only by reflection. */
function makeStudio() {
  const scene = new THREE.Scene();
  const shell = new THREE.Mesh(new THREE.SphereGeometry(12, 24, 16), new THREE.ShaderMaterial({
    side: THREE.BackSide,
    vertexShader: 'varying vec3 d; void main(){ d = normalize(position); gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.); }',
    fragmentShader: 'varying vec3 d; void main(){ float up = d.z * .5 + .5; gl_FragColor = vec4(mix(vec3(.32, .33, .33), vec3(.95, .98, 1.), smoothstep(.25, .95, up)), 1.); }',
  }));
  scene.add(shell);
  for (const [x, y, z, w, h, power] of [[0, 0, 8, 5, 5, 9], [7, -4, 4, 3, 4, 5], [-7, 3, 3, 2, 5, 3.5], [0, 8, 3, 4, 2, 2.5]]) {
    const panel = new THREE.Mesh(new THREE.PlaneGeometry(w, h), new THREE.MeshBasicMaterial({ color: new THREE.Color(power, power, power), side: THREE.DoubleSide }));
    panel.position.set(x, y, z);
    panel.lookAt(0, 0, 0.5);
    scene.add(panel);
  }
  return scene;
}

function makeGround() {
  const material = new THREE.ShaderMaterial({
    uniforms: { base: { value: new THREE.Color() }, line: { value: new THREE.Color() }, far: { value: new THREE.Color() }, middle: { value: new THREE.Vector2() }, reach: { value: 5 } },
    vertexShader: 'varying vec3 w; void main(){ vec4 p = modelMatrix * vec4(position,1.); w = p.xyz; gl_Position = projectionMatrix * viewMatrix * p; }',
    fragmentShader: `varying vec3 w; uniform vec3 base; uniform vec3 line; uniform vec3 far; uniform vec2 middle; uniform float reach;
      float grid(float s){ vec2 f = fwidth(w.xy / s); vec2 g = abs(fract(w.xy / s - .5) - .5) / f; return (1. - min(min(g.x, g.y), 1.)) * (1. - smoothstep(.15, .5, max(f.x, f.y))); }
      void main(){ float d = length(w.xy - middle); float f = smoothstep(reach * .35, reach * 1.5, d);
        vec3 c = mix(base, line, .5 * grid(1.) + .22 * grid(.1) * (1. - smoothstep(.3, 1.2, d / reach)));
        gl_FragColor = vec4(mix(c, far, f), 1.);
        #include <colorspace_fragment>
      }`,
  });
  const ground = new THREE.Mesh(new THREE.PlaneGeometry(160, 160), material);
  ground.position.z = -0.003;
  const shadow = new THREE.Mesh(new THREE.PlaneGeometry(160, 160), new THREE.ShadowMaterial({ opacity: 0.2 }));
  shadow.position.z = 0.0015;
  shadow.receiveShadow = true;
  ground.add(shadow);
  return ground;
}
