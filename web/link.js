// The connection to the program: events as JSON, frames as Float32 arrays; reconnects by itself.
export class Link {
  constructor(onEvent, onFrame, onState) {
    Object.assign(this, { onEvent, onFrame, onState, wait: 300 });
    this.open();
  }

  open() {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => { this.wait = 300; this.onState('up'); };
    socket.onmessage = (m) => {
      if (socket !== this.socket || this.renewing) return;
      if (typeof m.data === 'string') this.onEvent(JSON.parse(m.data));
      else this.onFrame(new Float32Array(m.data));
    };
    socket.onclose = () => {
      this.onState(this.renewing ? 'wait' : 'lost');
      this.renewing = false;
      setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(4000, Math.max(300, this.wait * 1.7));
    };
    this.socket = socket;
  }

  /** A new connection, to be told the present anew. */
  renew() {
    this.wait = 0;
    this.renewing = true;
    this.socket.close();
  }

  send(message) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }
}
