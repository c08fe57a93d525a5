// One world: truth solid, belief as outlines, the plan as a ghost with its tool's way, forces as arrows, cameras as frustums.
import * as THREE from '/three/build/three.module.min.js';
import { buildBodies } from './shapes.js';
import { lang } from './words.js';

const BELIEF = '#f08a16';
const GHOST = new THREE.MeshStandardMaterial({ color: '#3b82f6', transparent: true, opacity: 0.26, roughness: 0.6, depthWrite: false });
const WAY = new THREE.MeshBasicMaterial({ color: '#2f74e0', transparent: true, opacity: 0.85 });
const MAX_ARROWS = 96;
const RISE = 0.002;

export class Stage {
  constructor(dark) {
    this.root = new THREE.Group();
    this.solid = new THREE.Group();
    this.beliefs = new THREE.Group();
    this.plan = new THREE.Group();
    this.frusta = [];
    this.cameras = [];
    this.bodies = [];
    this.dark = dark;
    this.arrows = makeArrows();
    this.root.add(this.solid, this.beliefs, this.plan, this.arrows);
    this.loaded = false;
    this.shown = null;
    this.believed = null;
    this.planned = null;
  }

  load(message) {
    const key = JSON.stringify([message.body, message.scene, message.seed, message.bodies, message.geoms.length]);
    this.message = message;
    this.shown = null;
    this.ghost(null);
    this.believe([]);
    if (this.key === key) return;
    this.key = key;
    disposeAll(this.solid);
    this.solid.clear();
    this.bodies = buildBodies(message);
    for (const b of this.bodies) this.solid.add(b);
    this.frusta = [];
    this.cameras = (message.cameras ?? []).map((c) => {
      const camera = new THREE.PerspectiveCamera(c.fovy, 4 / 3, 0.01, 30);
      camera.position.fromArray(c.p);
      camera.quaternion.set(c.q[1], c.q[2], c.q[3], c.q[0]);
      const lines = frustum(c.fovy);
      camera.add(lines);
      this.frusta.push(lines);
      this.bodies[c.b].add(camera);
      return { name: c.name, camera };
    });
    this.speak();
    this.loaded = true;
  }

  /** The rooms' names on their floors, in the page's language. */
  speak() {
    for (const n of this.floors ?? []) { n.removeFromParent(); n.geometry.dispose(); n.material.map.dispose(); n.material.dispose(); }
    this.floors = (this.message?.rooms ?? []).map((r) => floorName(r, this.dark));
    for (const f of this.floors) this.solid.add(f);
  }

  show(layers) {
    this.layers = layers;
    this.beliefs.visible = layers.belief;
    this.plan.visible = layers.plan;
    this.arrows.visible = layers.forces;
    this.frusta.forEach((f) => { f.visible = layers.frusta; });
    if (this.shown) this.forces(this.shown);
  }

  pose(frame) {
    this.shown = frame;
    const n = Math.min(frame[2], this.bodies.length);
    for (let i = 0, k = 4; i < n; i++, k += 7) {
      this.bodies[i].position.set(frame[k], frame[k + 1], frame[k + 2]);
      this.bodies[i].quaternion.set(frame[k + 4], frame[k + 5], frame[k + 6], frame[k + 3]);
    }
    this.forces(frame);
  }

  forces(frame) {
    if (!this.arrows.visible) return;
    const m = new THREE.Matrix4();
    const q = new THREE.Quaternion();
    const z = new THREE.Vector3(0, 0, 1);
    const f = new THREE.Vector3();
    const c = new THREE.Color();
    let n = 0;
    for (let k = 4 + 7 * frame[2] + 3 * frame[3]; k + 5 < frame.length && n < MAX_ARROWS; k += 6) {
      f.set(frame[k + 3], frame[k + 4], frame[k + 5]);
      const newton = f.length();
      const length = 0.03 + 0.05 * Math.log10(1 + newton);
      q.setFromUnitVectors(z, f.divideScalar(newton));
      m.compose(new THREE.Vector3(frame[k], frame[k + 1], frame[k + 2]), q, new THREE.Vector3(0.006, 0.006, length));
      this.arrows.setMatrixAt(n, m);
      this.arrows.setColorAt(n++, c.setHSL(0.36 - 0.36 * Math.min(1, newton / 40), 0.85, 0.45));
    }
    this.arrows.count = n;
    this.arrows.instanceMatrix.needsUpdate = true;
    if (this.arrows.instanceColor) this.arrows.instanceColor.needsUpdate = true;
  }

  /** Things as the robot believes them; what is less sure is fainter. */
  believe(things) {
    if (this.believed === things) return;
    this.believed = things;
    disposeAll(this.beliefs);
    this.beliefs.clear();
    for (const t of things) {
      const lines = new THREE.LineSegments(brackets(t.size), new THREE.LineBasicMaterial({ color: BELIEF, transparent: true, opacity: 0.12 + 0.83 * t.confidence ** 1.5 }));
      lines.position.fromArray(t.p);
      lines.quaternion.set(t.q[1], t.q[2], t.q[3], t.q[0]);
      this.beliefs.add(lines);
    }
  }

  /** The motion that has just been planned, or none. */
  ghost(event) {
    if (this.planned === event) return;
    this.planned = event;
    this.plan.children.forEach((c) => { if (c.userData.own) c.geometry.dispose(); });
    this.plan.clear();
    const path = event?.path ?? [];
    const points = [];
    for (let i = 0; i + 2 < path.length; i += 3) {
      const p = new THREE.Vector3(path[i], path[i + 1], path[i + 2] + RISE);
      if (!points.length || p.distanceTo(points.at(-1)) > 2e-3) points.push(p);
    }
    if (points.length > 1) {
      const curve = new THREE.CatmullRomCurve3(points);
      const thick = Math.min(0.012, Math.max(0.0028, curve.getLength() * 0.006));
      const tube = new THREE.Mesh(new THREE.TubeGeometry(curve, Math.min(160, points.length * 4), thick, 6), WAY);
      const end = new THREE.Mesh(new THREE.SphereGeometry(thick * 2.6, 16, 12), WAY);
      end.position.copy(points.at(-1));
      tube.userData.own = end.userData.own = true;
      this.plan.add(tube, end);
    }
    const b = event?.bodies ?? [];
    for (let k = 0; k + 7 < b.length; k += 8) {
      for (const mesh of this.bodies[b[k]]?.children ?? []) {
        if (!mesh.isMesh) continue;
        const copy = new THREE.Mesh(mesh.geometry, GHOST);
        copy.position.set(b[k + 1], b[k + 2], b[k + 3]);
        copy.quaternion.set(b[k + 5], b[k + 6], b[k + 7], b[k + 4]);
        copy.renderOrder = 2;
        this.plan.add(copy);
      }
    }
  }

  breathe() { return false; }

  /** Extent along two directions of the ground, and the corners that a camera must see. */
  measure(across, away) {
    this.root.position.set(0, 0, 0);
    this.root.updateMatrixWorld(true);
    this.bounds = new THREE.Box3();
    this.corners = [];
    const v = new THREE.Vector3();
    for (const b of this.bodies) {
      for (const m of b.children) {
        if (!m.isMesh || m.userData.endless) continue;
        m.geometry.computeBoundingBox();
        const g = m.geometry.boundingBox;
        for (let i = 0; i < 8; i++) {
          v.set(i & 1 ? g.max.x : g.min.x, i & 2 ? g.max.y : g.min.y, i & 4 ? g.max.z : g.min.z).applyMatrix4(m.matrixWorld);
          this.bounds.expandByPoint(v);
          this.corners.push(v.clone());
        }
      }
    }
    if (this.bounds.isEmpty()) this.bounds.set(new THREE.Vector3(-0.5, -0.5, 0), new THREE.Vector3(0.5, 0.5, 1));
    this.centre = this.bounds.getCenter(new THREE.Vector3());
    const span = (axis) => { const a = this.corners.map((c) => c.dot(axis)); return Math.max(...a) - Math.min(...a); };
    return this.corners.length ? { width: span(across), depth: span(away) } : { width: 1, depth: 1 };
  }

  dispose() {
    disposeAll(this.solid);
    disposeAll(this.beliefs);
    this.ghost(null);
    this.arrows.dispose();
  }
}

function disposeAll(group) {
  group.traverse((o) => {
    o.geometry?.dispose();
    o.material?.map?.dispose();
    if (o.isLineSegments || o.userData.own) o.material?.dispose();
  });
}

/** The corners of a box, a quarter of each edge. */
function brackets([x, y, z]) {
  const p = [];
  for (let i = 0; i < 8; i++) {
    const c = [i & 1 ? x / 2 : -x / 2, i & 2 ? y / 2 : -y / 2, i & 4 ? z / 2 : -z / 2];
    for (let a = 0; a < 3; a++) {
      const e = [...c];
      e[a] -= 0.56 * c[a];
      p.push(...c, ...e);
    }
  }
  return new THREE.BufferGeometry().setAttribute('position', new THREE.Float32BufferAttribute(p, 3));
}

function frustum(fovy) {
  const d = 0.22;
  const h = d * Math.tan((fovy * Math.PI) / 360);
  const w = (h * 4) / 3;
  const c = [[-w, -h, -d], [w, -h, -d], [w, h, -d], [-w, h, -d]];
  const p = [];
  for (let i = 0; i < 4; i++) p.push(0, 0, 0, ...c[i], ...c[i], ...c[(i + 1) % 4]);
  p.push(-w * 0.3, h * 1.1, -d, 0, h * 1.35, -d, 0, h * 1.35, -d, w * 0.3, h * 1.1, -d);
  return new THREE.LineSegments(new THREE.BufferGeometry().setAttribute('position', new THREE.Float32BufferAttribute(p, 3)), new THREE.LineBasicMaterial({ color: '#12a594' }));
}

function makeArrows() {
  const shaft = new THREE.CylinderGeometry(0.5, 0.5, 0.75, 8).translate(0, 0.375, 0);
  const head = new THREE.ConeGeometry(1.3, 0.25, 12).translate(0, 0.875, 0);
  const p = [];
  const n = [];
  for (const g of [shaft.toNonIndexed(), head.toNonIndexed()]) { p.push(...g.attributes.position.array); n.push(...g.attributes.normal.array); }
  const g = new THREE.BufferGeometry().setAttribute('position', new THREE.Float32BufferAttribute(p, 3)).setAttribute('normal', new THREE.Float32BufferAttribute(n, 3)).rotateX(Math.PI / 2);
  const arrows = new THREE.InstancedMesh(g, new THREE.MeshBasicMaterial({ depthTest: false, transparent: true, opacity: 0.92 }), MAX_ARROWS);
  arrows.count = 0;
  arrows.frustumCulled = false;
  arrows.renderOrder = 3;
  arrows.visible = false;
  return arrows;
}

/** A room's name, painted on its floor. */
function floorName(room, dark) {
  const canvas = document.createElement('canvas');
  canvas.width = 512;
  canvas.height = 96;
  const c = canvas.getContext('2d');
  c.font = '600 56px "Inter", "PingFang SC", "Noto Sans CJK SC", system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillStyle = dark ? 'rgba(230,240,238,.5)' : 'rgba(20,40,38,.42)';
  c.fillText(room[lang()] ?? '', 256, 50);
  const map = new THREE.CanvasTexture(canvas);
  map.colorSpace = THREE.SRGBColorSpace;
  const w = Math.min(1.6, room.size[0] * 0.5 || 1.6);
  const mesh = new THREE.Mesh(new THREE.PlaneGeometry(w, (w * 96) / 512), new THREE.MeshBasicMaterial({ map, transparent: true, depthWrite: false }));
  mesh.userData.own = true;
  mesh.position.set(room.p[0], room.p[1] - (room.size[1] || 2) * 0.36, 0.012);
  return mesh;
}
