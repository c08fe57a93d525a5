// From a message's geoms to few meshes: one a body (colours in the vertices), one more where it is see-through.
import * as THREE from '/three/build/three.module.min.js';
import { mergeGeometries } from '/three/examples/jsm/utils/BufferGeometryUtils.js';
import { RoundedBoxGeometry } from '/three/examples/jsm/geometries/RoundedBoxGeometry.js';

let solidMaterial = new THREE.MeshStandardMaterial({ vertexColors: true, roughness: 0.46, metalness: 0.06 });
let clearMaterial = new THREE.MeshStandardMaterial({ vertexColors: true, roughness: 0.2, metalness: 0, transparent: true, depthWrite: false });

/** Cheaper surfaces, for machines that draw in software. */
export function plainSurfaces() {
  solidMaterial = new THREE.MeshLambertMaterial({ vertexColors: true });
  clearMaterial = new THREE.MeshLambertMaterial({ vertexColors: true, transparent: true, depthWrite: false });
}

/** One group a body; its meshes are shared by nothing else. */
export function buildBodies(message) {
  const meshes = (message.meshes ?? []).map(meshGeometry);
  const parts = Array.from({ length: message.bodies }, () => [[], [], []]);
  for (const g of message.geoms) {
    const geometry = placed(g, meshes);
    if (geometry) parts[g.b][g.t === 'plane' ? 2 : g.c[3] < 0.99 ? 1 : 0].push(geometry);
  }
  return parts.map(([solid, clear, planes], i) => {
    const body = new THREE.Group();
    body.userData.index = i;
    add(body, solid, solidMaterial, true);
    add(body, clear, clearMaterial, false);
    add(body, planes, solidMaterial, false, true);
    return body;
  });
}

/** Planes have no end: they are no part of what the view must hold. */
function add(body, geometries, material, shadow, endless = false) {
  if (!geometries.length) return;
  const mesh = new THREE.Mesh(mergeGeometries(geometries), material);
  geometries.forEach((g) => g.dispose());
  mesh.castShadow = shadow;
  mesh.receiveShadow = true;
  mesh.userData.endless = endless;
  body.add(mesh);
}

function placed(g, meshes) {
  const made = shape(g, meshes);
  if (!made) return null;
  const geometry = made.index ? made.toNonIndexed() : made;
  for (const name of Object.keys(geometry.attributes)) if (name !== 'position' && name !== 'normal') geometry.deleteAttribute(name);
  geometry.applyMatrix4(new THREE.Matrix4().compose(new THREE.Vector3(...g.p), new THREE.Quaternion(g.q[1], g.q[2], g.q[3], g.q[0]), new THREE.Vector3(1, 1, 1)));
  const [r, gr, b, a] = g.c;
  const c = new THREE.Color().setRGB(r, gr, b, THREE.SRGBColorSpace);
  const n = geometry.attributes.position.count;
  const colours = new Float32Array(n * 4);
  for (let i = 0; i < n; i++) colours.set([c.r, c.g, c.b, a], 4 * i);
  geometry.setAttribute('color', new THREE.BufferAttribute(colours, 4));
  return geometry;
}

function meshGeometry(m) {
  const g = new THREE.BufferGeometry();
  g.setAttribute('position', new THREE.Float32BufferAttribute(m.v, 3));
  g.setIndex(m.f);
  return creased(g.toNonIndexed());
}

/** Normals smooth over faces that meet flatly, sharp at edges of more than about 35 degrees. */
function creased(g) {
  g.computeVertexNormals();
  const p = g.attributes.position.array;
  const face = g.attributes.normal.array;
  const at = new Map();
  const key = (i) => `${Math.round(p[i] * 1e5)},${Math.round(p[i + 1] * 1e5)},${Math.round(p[i + 2] * 1e5)}`;
  for (let i = 0; i < p.length; i += 3) {
    const k = key(i);
    if (!at.has(k)) at.set(k, []);
    at.get(k).push(i);
  }
  const out = new Float32Array(face.length);
  for (const same of at.values()) {
    for (const i of same) {
      let [x, y, z] = [0, 0, 0];
      for (const j of same) {
        if (face[i] * face[j] + face[i + 1] * face[j + 1] + face[i + 2] * face[j + 2] > 0.82) { x += face[j]; y += face[j + 1]; z += face[j + 2]; }
      }
      const l = Math.hypot(x, y, z) || 1;
      out[i] = x / l; out[i + 1] = y / l; out[i + 2] = z / l;
    }
  }
  g.setAttribute('normal', new THREE.BufferAttribute(out, 3));
  return g;
}

/** A cylinder along z whose edges catch the light. */
function cylinder(r, h) {
  const b = Math.min(0.0025, 0.12 * r, 0.25 * h);
  const line = [[0, -h], [r - 2 * b, -h], [r - b, -h], [r, -h + b], [r, -h + 2 * b], [r, h - 2 * b], [r, h - b], [r - b, h], [r - 2 * b, h], [0, h]];
  return new THREE.LatheGeometry(line.map(([x, y]) => new THREE.Vector2(Math.max(x, 0), y)), r > 0.15 ? 56 : 32).rotateX(Math.PI / 2);
}

function shape(g, meshes) {
  const [a, b, c] = g.s;
  switch (g.t) {
    case 'sphere': return new THREE.SphereGeometry(a, 28, 18);
    case 'ellipsoid': return new THREE.SphereGeometry(1, 28, 18).scale(a, b, c);
    case 'capsule': return new THREE.CapsuleGeometry(a, 2 * b, 6, 22).rotateX(Math.PI / 2);
    case 'cylinder': return cylinder(a, b);
    case 'box': {
      const least = Math.min(a, b, c);
      return least < 0.002 ? new THREE.BoxGeometry(2 * a, 2 * b, 2 * c) : new RoundedBoxGeometry(2 * a, 2 * b, 2 * c, 1, Math.min(0.004, 0.14 * least));
    }
    case 'plane': return new THREE.PlaneGeometry(2 * (a || 10), 2 * (b || 10)).translate(0, 0, 0.001);
    case 'mesh': return meshes[g.m]?.clone();
    default: return null;
  }
}
