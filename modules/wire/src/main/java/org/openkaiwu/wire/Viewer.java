package org.openkaiwu.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One connected page. Events are kept in order, at most {@value #MAX_EVENTS} of them: a viewer that
 * falls further behind is dropped and may reconnect. Of the frames of a slot only the newest is
 * kept. Nothing here blocks the caller.
 */
public final class Viewer extends Session.Listener.AbstractAutoDemanding {
    private static final int MAX_EVENTS = 4096;

    private final PageServer server;
    private final Deque<String> events = new ArrayDeque<>();
    private final Map<Integer, byte[]> frames = new LinkedHashMap<>();
    private boolean sending;

    Viewer(PageServer server) {
        this.server = server;
    }

    /** Queues an event for this viewer. */
    public void event(String json) {
        boolean lost;
        synchronized (events) {
            lost = events.size() >= MAX_EVENTS;
            if (!lost) {
                events.add(json);
            }
        }
        if (lost) {
            getSession().disconnect();
        } else {
            sendNext();
        }
    }

    /** Offers the newest frame of a slot. */
    public void frame(int slot, byte[] newest) {
        synchronized (events) {
            frames.put(slot, newest);
        }
        sendNext();
    }

    private void sendNext() {
        String text;
        byte[] bytes = null;
        Session session = getSession();
        synchronized (events) {
            if (sending || session == null || !session.isOpen()) {
                return;
            }
            text = events.poll();
            if (text == null) {
                bytes = oldest();
            }
            if (text == null && bytes == null) {
                return;
            }
            sending = true;
        }
        Callback done = Callback.from(this::sent, failure -> sent());
        if (text != null) {
            session.sendText(text, done);
        } else {
            session.sendBinary(ByteBuffer.wrap(bytes), done);
        }
    }

    private byte[] oldest() {
        Iterator<byte[]> waiting = frames.values().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        byte[] bytes = waiting.next();
        waiting.remove();
        return bytes;
    }

    private void sent() {
        synchronized (events) {
            sending = false;
        }
        sendNext();
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        server.opened(this);
        sendNext();
    }

    @Override
    public void onWebSocketText(String message) {
        server.received(this, message);
    }

    /** A page that went away without a word is no error of ours; its close follows. */
    @Override
    public void onWebSocketError(Throwable cause) {
        server.closed(this);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        super.onWebSocketClose(statusCode, reason, callback);
        server.closed(this);
    }
}
