// The 3-D view: truth solid, belief as outlines, cameras as frustums and small pictures.
import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';

const BELIEF = new THREE.Color('#ff9d2e');

export class WorldView {
  constructor(canvas) {
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance', preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = THREE.PCFSoftShadowMap;
    this.renderer.toneMapping = THREE.ACESFilmicToneMapping;
    this.scene = new THREE.Scene();
    const pmrem = new THREE.PMREMGenerator(this.renderer);
    this.scene.environment = pmrem.fromScene(new RoomEnvironment(), 0.04).texture;
    this.scene.environmentIntensity = 0.55;
    this.camera = new THREE.PerspectiveCamera(38, 1, 0.02, 80);
    this.camera.up.set(0, 0, 1);
    this.camera.position.set(1.2, -1.2, 0.9);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enableDamping = true;
    this.controls.dampingFactor = 0.08;
    this.controls.maxPolarAngle = Math.PI / 2 - 0.02;
    this.sun = new THREE.DirectionalLight('#fff4e6', 2.1);
    this.sun.castShadow = true;
    this.sun.shadow.mapSize.set(2048, 2048);
    this.sun.shadow.bias = -0.0004;
    this.sun.shadow.normalBias = 0.01;
    this.scene.add(this.sun, this.sun.target);
    this.ground = makeGround();
    this.scene.add(this.ground);
    this.root = new THREE.Group();
    this.beliefs = new THREE.Group();
    this.frusta = new THREE.Group();
    this.scene.add(this.root, this.beliefs, this.frusta);
    this.bodies = [];
    this.eyes = [];
    this.showBelief = true;
    this.showFrusta = false;
    canvas.addEventListener('dblclick', (e) => this.focus(e));
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const tone = () => this.tone(dark.matches);
    dark.addEventListener('change', tone);
    tone();
    addEventListener('resize', () => this.resize());
    this.resize();
  }

  tone(dark) {
    const c = new THREE.Color(dark ? '#171c1d' : '#e9ecec');
    this.scene.background = c;
    this.scene.fog = new THREE.Fog(c, 6, 22);
    this.ground.material.uniforms.base.value.set(dark ? '#1d2324' : '#dfe4e3');
    this.ground.material.uniforms.line.value.set(dark ? '#39484a' : '#b8c4c2');
    this.ground.material.uniforms.far.value.copy(c);
  }

  resize() {
    this.renderer.setSize(innerWidth, innerHeight, false);
    this.camera.aspect = innerWidth / innerHeight;
    const wide = innerWidth > 820;
    this.camera.setViewOffset(innerWidth, innerHeight, wide ? 150 : 0, wide ? 0 : innerHeight * 0.2, innerWidth, innerHeight);
    this.camera.updateProjectionMatrix();
  }

  /** Builds what a scene message describes. */
  load(message) {
    this.root.clear();
    this.beliefs.clear();
    this.frusta.clear();
    this.bodies = Array.from({ length: message.bodies }, () => new THREE.Group());
    this.root.add(...this.bodies);
    const meshes = (message.meshes ?? []).map(meshGeometry);
    for (const g of message.geoms) {
      const mesh = makeGeom(g, meshes);
      if (mesh) this.bodies[g.b].add(mesh);
    }
    this.eyes = (message.cameras ?? []).map((c) => {
      const camera = new THREE.PerspectiveCamera(c.fovy, 4 / 3, 0.01, 30);
      camera.position.fromArray(c.p);
      camera.quaternion.set(c.q[1], c.q[2], c.q[3], c.q[0]);
      this.bodies[c.b].add(camera);
      const reach = camera.clone();
      reach.far = 0.35;
      reach.near = 0.02;
      reach.updateProjectionMatrix();
      this.bodies[c.b].add(reach);
      const helper = new THREE.CameraHelper(reach);
      this.frusta.add(helper);
      return { name: c.name, camera, helper };
    });
    const r = message.radius ?? 1;
    this.controls.target.fromArray(message.focus ?? [0, 0, 0]);
    const d = r * (innerWidth > 820 ? 2.5 : 3.2);
    this.camera.position.set(this.controls.target.x + d * 0.72, this.controls.target.y - d * 0.62, this.controls.target.z + d * 0.55);
    const s = this.sun.shadow.camera;
    s.left = s.bottom = -r * 2;
    s.right = s.top = r * 2;
    s.near = 0.1;
    s.far = r * 8;
    s.updateProjectionMatrix();
    this.sun.target.position.copy(this.controls.target);
    this.sun.position.copy(this.controls.target).add(new THREE.Vector3(r * 1.4, -r * 1.0, r * 3));
  }

  /** Poses of all bodies: x y z qw qx qy qz each, from index `from` of the array. */
  pose(frame, from) {
    for (let i = 0, k = from; i < this.bodies.length && k + 6 < frame.length; i++, k += 7) {
      this.bodies[i].position.set(frame[k], frame[k + 1], frame[k + 2]);
      this.bodies[i].quaternion.set(frame[k + 4], frame[k + 5], frame[k + 6], frame[k + 3]);
    }
  }

  believe(things) {
    this.beliefs.clear();
    for (const t of things) {
      const box = new THREE.LineSegments(
        new THREE.EdgesGeometry(new THREE.BoxGeometry(...t.size)),
        new THREE.LineBasicMaterial({ color: BELIEF, transparent: true, opacity: 0.25 + 0.7 * t.confidence }));
      box.position.fromArray(t.p);
      box.quaternion.set(t.q[1], t.q[2], t.q[3], t.q[0]);
      this.beliefs.add(box);
    }
  }

  focus(e) {
    const ray = new THREE.Raycaster();
    ray.setFromCamera(new THREE.Vector2((e.clientX / innerWidth) * 2 - 1, 1 - (e.clientY / innerHeight) * 2), this.camera);
    const hit = ray.intersectObjects(this.root.children, true)[0];
    if (hit) this.controls.target.copy(hit.point);
  }

  draw() {
    this.controls.update();
    this.beliefs.visible = this.showBelief;
    this.frusta.visible = this.showFrusta;
    if (this.showFrusta) this.eyes.forEach((e) => e.helper.update());
    this.renderer.render(this.scene, this.camera);
  }

  /** Draws what one camera sees onto a small canvas. */
  drawEye(index, canvas) {
    const eye = this.eyes[index];
    const w = canvas.width;
    const h = canvas.height;
    this.target ??= new THREE.WebGLRenderTarget(w, h, { samples: 2 });
    this.target.setSize(w, h);
    const [b, f] = [this.beliefs.visible, this.frusta.visible];
    this.beliefs.visible = this.frusta.visible = false;
    this.renderer.setRenderTarget(this.target);
    this.renderer.render(this.scene, eye.camera);
    this.renderer.setRenderTarget(null);
    this.beliefs.visible = b;
    this.frusta.visible = f;
    this.pixels = this.pixels?.length === w * h * 4 ? this.pixels : new Uint8Array(w * h * 4);
    this.renderer.readRenderTargetPixels(this.target, 0, 0, w, h, this.pixels);
    const context = canvas.getContext('2d');
    const image = context.createImageData(w, h);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const from = ((h - 1 - y) * w + x) * 4;
        const to = (y * w + x) * 4;
        for (let c = 0; c < 3; c++) image.data[to + c] = 255 * Math.pow(this.pixels[from + c] / 255, 1 / 2.2);
        image.data[to + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }
}

function makeGround() {
  const material = new THREE.ShaderMaterial({
    uniforms: { base: { value: new THREE.Color() }, line: { value: new THREE.Color() }, far: { value: new THREE.Color() } },
    vertexShader: 'varying vec3 w; void main(){ vec4 p = modelMatrix * vec4(position,1.); w = p.xyz; gl_Position = projectionMatrix * viewMatrix * p; }',
    fragmentShader: `varying vec3 w; uniform vec3 base; uniform vec3 line; uniform vec3 far;
      float grid(float s){ vec2 g = abs(fract(w.xy / s - .5) - .5) / fwidth(w.xy / s); return 1. - min(min(g.x, g.y), 1.); }
      void main(){ float d = length(w.xy); float f = smoothstep(3., 14., d);
        vec3 c = mix(base, line, .55 * grid(1.) + .25 * grid(.1) * (1. - smoothstep(.5, 3., d)));
        gl_FragColor = vec4(mix(c, far, f), 1.);
        #include <colorspace_fragment>
      }`,
  });
  const ground = new THREE.Mesh(new THREE.PlaneGeometry(60, 60), material);
  ground.position.z = -0.002;
  const shadow = new THREE.Mesh(new THREE.PlaneGeometry(60, 60), new THREE.ShadowMaterial({ opacity: 0.22 }));
  shadow.position.z = 0.001;
  shadow.receiveShadow = true;
  ground.add(shadow);
  return ground;
}

function meshGeometry(m) {
  const g = new THREE.BufferGeometry();
  g.setAttribute('position', new THREE.Float32BufferAttribute(m.v, 3));
  g.setIndex(m.f);
  const flat = g.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

function geometryOf(g, meshes) {
  const [a, b, c] = g.s;
  switch (g.t) {
    case 'sphere': return new THREE.SphereGeometry(a, 32, 20);
    case 'ellipsoid': return new THREE.SphereGeometry(1, 32, 20).scale(a, b, c);
    case 'capsule': return new THREE.CapsuleGeometry(a, 2 * b, 8, 24).rotateX(Math.PI / 2);
    case 'cylinder': return new THREE.CylinderGeometry(a, a, 2 * b, 40).rotateX(Math.PI / 2);
    case 'box': return new THREE.BoxGeometry(2 * a, 2 * b, 2 * c);
    case 'mesh': return meshes[g.m];
    default: return null;
  }
}

function makeGeom(g, meshes) {
  const geometry = geometryOf(g, meshes);
  if (!geometry) return null;
  const [r, gr, b, alpha] = g.c;
  const material = new THREE.MeshPhysicalMaterial({
    color: new THREE.Color().setRGB(r, gr, b, THREE.SRGBColorSpace), roughness: 0.5, metalness: 0.05, clearcoat: 0.15,
    transparent: alpha < 1, opacity: alpha,
  });
  const mesh = new THREE.Mesh(geometry, material);
  mesh.position.fromArray(g.p);
  mesh.quaternion.set(g.q[1], g.q[2], g.q[3], g.q[0]);
  mesh.castShadow = alpha > 0.5;
  mesh.receiveShadow = true;
  return mesh;
}
