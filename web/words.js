// Every word of the page, in English and Chinese.
const WORDS = {
  en: {
    'choose.body': 'Body', 'choose.scene': 'Scene', 'choose.seed': 'Seed', 'say.go': 'Do it', 'say.hint': 'Say what to do …',
    'stop': 'Stop', 'stop.hint': 'Stop (space bar)', 'layers': 'Layers', 'layer.belief': 'What it believes', 'layer.eyes': 'What it sees',
    'layer.frusta': 'Camera frustums', 'layer.numbers': 'Numbers', 'eyes.title': 'What the cameras see', 'time.cursor': 'Time',
    'drop.hint': 'Drop a run log to play it', 'link.up': '', 'link.wait': 'connecting …', 'link.lost': 'Connection lost. Trying again …',
    'link.log': 'playing a log', 'empty': 'Pick a body and a scene, and say what to do.', 'run.done': 'Done', 'run.failed': 'Not done',
    'run.refused': 'Refused', 'run.asked': 'Question', 'run.waiting': 'Working …', 'seed': 'seed', 'num.time': 'simulated time', 'num.speed': 'speed',
    'num.guard': 'guard', 'num.frames': 'frame time', 'sheet': 'Show or hide the talk', 'talk': 'Talk', 'skill.pick': 'pick up', 'skill.place': 'put', 'skill.hand_over': 'hand over', 'skill.home': 'arms to rest', 'skill.go_to': 'go to', 'skill.approach': 'come near', 'skill.find': 'look for',
    'faster': '× real time', 'bad.log': 'That file is not a run log.',
  },
  zh: {
    'choose.body': '本体', 'choose.scene': '场景', 'choose.seed': '种子', 'say.go': '执行', 'say.hint': '说一句要做的事……',
    'stop': '停止', 'stop.hint': '停止（空格键）', 'layers': '图层', 'layer.belief': '它认为的世界', 'layer.eyes': '它看到的', 'layer.frusta': '相机视锥',
    'layer.numbers': '数值', 'eyes.title': '相机画面', 'time.cursor': '时间', 'drop.hint': '把运行日志拖到这里即可回放', 'link.up': '', 'link.wait': '正在连接……',
    'link.lost': '连接断开，正在重试……', 'link.log': '正在回放日志', 'empty': '选择本体和场景，说一句要做的事。', 'run.done': '完成', 'run.failed': '未完成',
    'run.refused': '拒绝执行', 'run.asked': '需要确认', 'run.waiting': '进行中……', 'seed': '种子', 'num.time': '仿真时间', 'num.speed': '速度', 'num.guard': '护栏',
    'num.frames': '帧时间', 'sheet': '展开或收起对话', 'talk': '对话', 'skill.pick': '拿起', 'skill.place': '放置', 'skill.hand_over': '递给人', 'skill.home': '手臂回位', 'skill.go_to': '前往', 'skill.approach': '靠近', 'skill.find': '寻找',
    'faster': '倍实时', 'bad.log': '这个文件不是运行日志。',
  },
};
let language = (navigator.language || 'en').startsWith('zh') ? 'zh' : 'en';
const asked = new URLSearchParams(location.search).get('lang');
if (asked === 'zh' || asked === 'en') language = asked;

export const lang = () => language;
export const word = (key) => WORDS[language][key] ?? key;
export const pick = (text) => (text && typeof text === 'object' ? text[language] ?? text.en : text ?? '');

export function setLanguage(next) {
  language = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const e of document.querySelectorAll('[data-say]')) e.textContent = word(e.dataset.say);
  for (const e of document.querySelectorAll('[data-label]')) e.setAttribute('aria-label', word(e.dataset.label));
}
