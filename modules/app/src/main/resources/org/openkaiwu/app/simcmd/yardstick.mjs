// Times mj_step of the official WebAssembly build: node --input-type=module - FILE STEPS BATCHES KEY
// in a folder where the package @mujoco/mujoco is installed. Prints JSON: us of CPU time a step, and contacts a step.
import fs from 'node:fs';
import path from 'node:path';
import loadMujoco from '@mujoco/mujoco';

const [file, steps, batches, key] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const M = await loadMujoco({ print: () => {}, printErr: () => {} });

function copyTree(from, to) {
  M.FS.mkdir(to);
  for (const e of fs.readdirSync(from, { withFileTypes: true })) {
    if (e.name.startsWith('.') || e.name === 'node_modules') continue;
    if (e.isDirectory()) copyTree(path.join(from, e.name), `${to}/${e.name}`);
    else M.FS.writeFile(`${to}/${e.name}`, fs.readFileSync(path.join(from, e.name)));
  }
}

copyTree(path.dirname(path.resolve(file)), '/m');
const m = M.MjModel.from_xml_path(`/m/${path.basename(file)}`);
const d = new M.MjData(m);
const times = [];
let contacts = 0;
for (let b = -2; b < batches; b++) {
  if (key >= 0 && key < m.nkey) M.mj_resetDataKeyframe(m, d, key); else M.mj_resetData(m, d);
  contacts = 0;
  const start = process.cpuUsage();
  for (let i = 0; i < steps; i++) { M.mj_step(m, d); if (i % 50 === 49) contacts += d.ncon; }
  const t = process.cpuUsage(start);
  if (b >= 0) times.push((t.user + t.system) / steps);
}
console.log(JSON.stringify({ version: M.mj_versionString(), times, contacts: contacts / Math.floor(steps / 50) }));
