package io.sekimori.control.socket;

import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings what the engine says to one connection. The engine never waits for it: steps that a slow reader has no time for
 * are dropped, the end is not. Thread-safe.
 */
final class Course implements ProgressListener {

    private static final int MOST_WAITING = 500;
    private static final long SIGN_OF_LIFE_SECONDS = 5;

    private final LinkedBlockingQueue<Map<String, Object>> waiting = new LinkedBlockingQueue<>();

    @Override
    public void progress(Progress progress) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(Message.of(Message.PROGRESS, UpdateFacts.of(progress)));
        }
    }

    @Override
    public void ended(TransitionReport report) {
        waiting.add(Message.answer(UpdateFacts.of(report)));
    }

    @Override
    public void handedOver(String id) {
        move(id);
    }

    /** Sends the client elsewhere: to another version of this bundle or of the engine, or to another process. */
    void move(String id) {
        waiting.add(Message.of(Message.MOVED, Map.of("id", id)));
    }

    /** Writes until the end; fails when the client has gone, which the transition does not mind. */
    void stream(Connection.Output out) throws IOException, InterruptedException {
        while (true) {
            Map<String, Object> message = waiting.poll(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                out.send(Message.of(Message.WAITING, Map.of()));
                continue;
            }
            out.send(message);
            if (!Message.PROGRESS.equals(message.get(Message.EVENT))) {
                return;
            }
        }
    }
}
