// Every word of the page, in English and Chinese.
const WORDS = {
  en: {
    'world': '3-D view: arrow keys turn it, plus and minus zoom', 'talk': 'Talk', 'history': 'What was said and done', 'examples': 'Examples',
    'choose.body': 'Body', 'choose.scene': 'Scene', 'choose.seed': 'Seed', 'choose.many': '{n} side by side',
    'cards.body': 'Who shall do it?', 'cards.body.hint': 'Choose one body, or several to see them do the same side by side.',
    'cards.scene': 'Where?', 'cards.scene.hint': 'The things in it are placed by the seed.', 'cards.ok': 'OK',
    'say.go': 'Do it', 'say.hint': 'Say what to do …', 'say.answer': 'Answer …', 'stop': 'Stop', 'stop.hint': 'Stop everything (space bar)',
    'bench': 'Bench', 'bench.pause': 'Pause', 'bench.go': 'Run', 'bench.step': 'Step', 'bench.reset': 'Reset', 'bench.key': 'Keyframe {n}', 'bench.controls': 'Controls', 'bench.joints': 'Joints',
    'bench.hint': 'Drag a moving part with the mouse to pull it; drag beside it, or hold Shift, to turn the view.', 'bench.warned': '{n} warnings: a state became impossible and was reset',
    'layers': 'Layers', 'layer.belief': 'What it believes', 'layer.eyes': 'What it sees', 'layer.plan': 'What it is about to do',
    'layer.frusta': 'Where cameras look', 'layer.forces': 'Contact forces', 'layer.numbers': 'Numbers',
    'time.cursor': 'Time', 'time.pause': 'Pause the picture', 'time.play': 'Play on', 'time.live': 'Live',
    'logs': 'Replay', 'logs.title': 'Replay a run', 'logs.hint': 'Every run leaves a log here. Choose one, open a file, or drop files on the page; several play side by side.', 'logs.file': 'Open file', 'logs.close': 'Close',
    'logs.none': 'No logs yet: the next run leaves one.', 'replay.what': 'Replay: {what}', 'replay.cut': 'The log is damaged from line {n} on; it is shown up to there.', 'replay.leave': 'Back to live', 'time.speed': 'Speed of the replay',
    'drop.hint': 'Drop run logs to play them', 'link.up': '', 'link.wait': 'Connecting …', 'link.lost': 'Connection lost. Trying again …',
    'bad.log': '{name} is not a run log.', 'no.webgl': 'This browser draws no 3-D (WebGL is off). The talk works all the same.',
    'empty': 'A robot, a sentence, a stop button: say what to do.', 'loading': 'Waiting for the program …',
    'held': 'Stopped. Parts of the demo still to come: {n}.', 'go.on': 'Go on',
    'run.done': 'Done', 'run.failed': 'Not done', 'run.refused': 'Refused', 'run.asked': 'Question', 'run.waiting': 'Looking and thinking …',
    'seed': 'seed', 'seconds': '{s} s', 'num.time': 'simulated time', 'num.speed': 'speed', 'num.guard': 'guard', 'num.force': 'contact force',
    'num.frames': 'frame time', 'num.draws': 'draw calls', 'num.joints': 'joints: position and effort', 'num.none': 'A log holds where things were, no efforts or forces.', 'faster': '{x} × real time',
    'guard.ACTIVE': 'on watch', 'guard.STOPPING': 'stopping', 'guard.STOPPED': 'stopped',
    'eye.space': ' ',
    'sheet': 'Show more or less of the talk',
    'skill.pick': 'pick up', 'skill.place': 'put', 'skill.hand_over': 'hand over', 'skill.home': 'arms to rest', 'skill.go_to': 'go to',
    'skill.approach': 'come near', 'skill.find': 'look for', 'skill.open_hand': 'open the hand', 'skill.close_hand': 'close the hand', 'skill.push': 'push', 'skill.push_to': 'push to', 'skill.shift': 'shift', 'skill.swap': 'swap', 'skill.raise': 'raise', 'skill.lower': 'lower', 'skill.look_around': 'look around', 'skill.inspect': 'look what is there', 'skill.look_at': 'look at',
    'step.place': 'put {object} {relation} {target}', 'skill.drive_by': 'drive', 'skill.turn_by': 'turn',
    'rel.gap': '{n} cm {side}', 'rel.on_left': 'on the left part of', 'rel.on_right': 'on the right part of', 'rel.on_front': 'on the near part of', 'rel.on_back': 'on the far part of', 'rel.on_middle': 'in the middle of',
    'by.left': '{n} cm to the left', 'by.right': '{n} cm to the right', 'by.forward': '{n} cm forward', 'by.back': '{n} cm back', 'by.turn.left': 'left by {n}°', 'by.turn.right': 'right by {n}°',
    'part.thing': 'what', 'part.act': 'do', 'part.which': 'which', 'part.where': 'where', 'part.many': 'how many', 'part.not': 'not', 'part.order': 'when',
    'rel.in': 'in', 'rel.on': 'on', 'rel.beside': 'beside', 'rel.near': 'near', 'rel.left_of': 'left of', 'rel.right_of': 'right of', 'rel.behind': 'behind', 'rel.front_of': 'in front of',
    'ability.grasp': 'grasps', 'ability.drive': 'drives', 'ability.look': 'sees', 'ability.lift_column': 'raises its body', 'ability.walk': 'walks', 'ability.fly': 'flies', 'ability.reach': 'reaches', 'ability.push': 'pushes',
  },
  zh: {
    'world': '三维视图：方向键转动，加减键缩放', 'talk': '对话', 'history': '说过和做过的', 'examples': '例句',
    'choose.body': '本体', 'choose.scene': '场景', 'choose.seed': '种子', 'choose.many': '{n} 个并排',
    'cards.body': '谁来做？', 'cards.body.hint': '选一个本体，或选几个并排做同一件事。',
    'cards.scene': '在哪里？', 'cards.scene.hint': '物体的位置由种子决定。', 'cards.ok': '确定',
    'say.go': '执行', 'say.hint': '说一句要做的事……', 'say.answer': '请回答……', 'stop': '停止', 'stop.hint': '全部停止（空格键）',
    'bench': '试验台', 'bench.pause': '暂停', 'bench.go': '运行', 'bench.step': '单步', 'bench.reset': '复位', 'bench.key': '关键帧 {n}', 'bench.controls': '控制量', 'bench.joints': '关节',
    'bench.hint': '用鼠标拖动可动部件即可牵引它；在旁边拖动或按住 Shift 转动视角。', 'bench.warned': '{n} 次警告：状态异常，已复位',
    'layers': '图层', 'layer.belief': '它认为的世界', 'layer.eyes': '它看到的', 'layer.plan': '它将要做的动作',
    'layer.frusta': '相机视野', 'layer.forces': '接触力', 'layer.numbers': '数值',
    'time.cursor': '时间', 'time.pause': '暂停画面', 'time.play': '继续播放', 'time.live': '实时',
    'logs': '回放', 'logs.title': '回放一次运行', 'logs.hint': '每次运行都会在这里留下日志。选一份、打开文件，或把文件拖到页面上；几份会并排播放。', 'logs.file': '打开文件', 'logs.close': '关闭',
    'logs.none': '还没有日志：下一次运行会留下一份。', 'replay.what': '回放：{what}', 'replay.cut': '日志从第 {n} 行起已损坏，只显示到那里。', 'replay.leave': '回到实时', 'time.speed': '回放速度',
    'drop.hint': '把运行日志拖到这里即可回放', 'link.up': '', 'link.wait': '正在连接……', 'link.lost': '连接断开，正在重试……',
    'bad.log': '{name} 不是运行日志。', 'no.webgl': '浏览器无法显示三维画面（WebGL 未开启），对话仍可使用。',
    'empty': '一个机器人、一句话、一个停止键：说一句要做的事。', 'loading': '正在等待程序……',
    'held': '已停止。演示还剩 {n} 段。', 'go.on': '继续',
    'run.done': '完成', 'run.failed': '未完成', 'run.refused': '拒绝执行', 'run.asked': '需要确认', 'run.waiting': '正在观察和理解……',
    'seed': '种子', 'seconds': '{s} 秒', 'num.time': '仿真时间', 'num.speed': '速度', 'num.guard': '护栏', 'num.force': '接触力',
    'num.frames': '帧时间', 'num.draws': '绘制次数', 'num.joints': '关节：位置与力矩', 'num.none': '日志只记录位置，没有力矩和接触力。', 'faster': '{x} 倍实时',
    'guard.ACTIVE': '值守中', 'guard.STOPPING': '正在停止', 'guard.STOPPED': '已停止',
    'eye.space': '', 'eye.front': '前部', 'eye.head': '头部', 'eye.left': '左', 'eye.right': '右', 'eye.wrist': '腕部', 'eye.mast': '立杆', 'eye.stand': '支架', 'eye.camera': '相机', 'eye.hand': '手部', 'eye.base': '底盘', 'eye.top': '顶部', 'eye.side': '侧面', 'eye.chest': '胸部', 'eye.body': '机身',
    'sheet': '展开或收起对话',
    'skill.pick': '拿起', 'skill.place': '放置', 'skill.hand_over': '递给人', 'skill.home': '手臂回位', 'skill.go_to': '前往',
    'skill.approach': '靠近', 'skill.find': '寻找', 'skill.open_hand': '张开手', 'skill.close_hand': '合上手', 'skill.push': '推动', 'skill.push_to': '推到', 'skill.shift': '挪动', 'skill.swap': '对调', 'skill.raise': '升高', 'skill.lower': '降低', 'skill.look_around': '环顾', 'skill.inspect': '查看', 'skill.look_at': '看向',
    'step.place': '把{object}放到{target}{relation}', 'skill.drive_by': '行驶：', 'skill.turn_by': '转动：',
    'rel.gap': '{side} {n} 厘米处', 'rel.on_left': '左半边', 'rel.on_right': '右半边', 'rel.on_front': '近处', 'rel.on_back': '远处', 'rel.on_middle': '中间',
    'by.left': '向左 {n} 厘米', 'by.right': '向右 {n} 厘米', 'by.forward': '向前 {n} 厘米', 'by.back': '向后 {n} 厘米', 'by.turn.left': '向左 {n}°', 'by.turn.right': '向右 {n}°',
    'part.thing': '物', 'part.act': '做', 'part.which': '哪个', 'part.where': '位置', 'part.many': '数量', 'part.not': '排除', 'part.order': '先后',
    'rel.in': '里面', 'rel.on': '上面', 'rel.beside': '旁边', 'rel.near': '附近', 'rel.left_of': '左边', 'rel.right_of': '右边', 'rel.behind': '后面', 'rel.front_of': '前面',
    'ability.grasp': '会抓取', 'ability.drive': '会行驶', 'ability.look': '能看', 'ability.lift_column': '可升降', 'ability.walk': '会行走', 'ability.fly': '会飞', 'ability.reach': '能伸手', 'ability.push': '会推',
  },
};
let language = (navigator.language || 'en').startsWith('zh') ? 'zh' : 'en';
const asked = new URLSearchParams(location.search).get('lang');
if (asked === 'zh' || asked === 'en') language = asked;

export const lang = () => language;
export const word = (key, values = {}) => (WORDS[language][key] ?? key.slice(key.indexOf('.') + 1).replaceAll('_', ' ')).replace(/\{(\w+)\}/g, (m, k) => values[k] ?? m);
export const known = (key) => key in WORDS[language];
export const pick = (text) => (text && typeof text === 'object' ? text[language] ?? text.en : text ?? '');
/** What people call the things and places of this page, by identifier. */
export const names = new Map();
export const nameOf = (id) => pick(names.get(id)) || String(id).replaceAll('_', ' ');

export function setLanguage(next) {
  language = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const e of document.querySelectorAll('[data-say]')) e.textContent = word(e.dataset.say);
  for (const e of document.querySelectorAll('[data-label]')) e.setAttribute('aria-label', word(e.dataset.label));
}
