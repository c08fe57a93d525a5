// The talk as a sheet on a phone: low (a line to type in), middle, high; pulled with a finger or stepped with a button.
import { $ } from './dom.js';

const PLACES = ['low', 'middle', 'high'];

export class Sheet {
  constructor(onMove) {
    this.onMove = onMove;
    this.talk = $('talk');
    const handle = $('sheet');
    let from = null;
    handle.addEventListener('pointerdown', (e) => {
      from = { y: e.clientY, h: this.talk.offsetHeight };
      handle.setPointerCapture(e.pointerId);
    });
    handle.addEventListener('pointermove', (e) => {
      if (!from) return;
      const moved = from.y - e.clientY;
      if (Math.abs(moved) < 5 && !from.pulled) return;
      from.pulled = true;
      this.talk.classList.add('pulled');
      this.talk.style.height = `${Math.max(100, Math.min(innerHeight - 60, from.h + moved))}px`;
      this.onMove();
    });
    const drop = () => {
      if (!from) return;
      if (from.pulled) {
        const h = this.talk.offsetHeight / innerHeight;
        this.to(h < 0.33 ? 'low' : h < 0.66 ? 'middle' : 'high');
        this.justPulled = true;
        setTimeout(() => { this.justPulled = false; }, 50);
      }
      from = null;
    };
    handle.addEventListener('pointerup', drop);
    handle.addEventListener('pointercancel', drop);
    handle.addEventListener('click', () => {
      if (!this.justPulled) this.to(PLACES[(PLACES.indexOf(this.place) + 1) % PLACES.length]);
    });
    this.to('low');
  }

  to(place) {
    this.place = place;
    this.talk.classList.remove('pulled', ...PLACES);
    this.talk.style.height = '';
    this.talk.classList.add(place);
    $('sheet').setAttribute('aria-expanded', String(place !== 'low'));
    this.onMove();
  }
}
