package io.sekimori.itests.process;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.trust.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One update that is asked for and, mostly, never answered. */
final class Crash {

    /** What kind of update is interrupted. */
    enum Kind {
        /** A bundle is swapped in the running process. */
        OVERLAP,
        /** The next generation is started by a new process; the way up to there is that of the first kind. */
        RESTART,
        /** A bundle is swapped in the running process, and so is the engine that does it. */
        HANDOVER;

        /** The phase from which on it is worth being killed. */
        String from() {
            return this == OVERLAP ? "" : "REHEARSE";
        }
    }

    private static final long LOOK_AGAIN_MILLIS = 50;
    // Nothing takes as long, on the slowest machine: whoever neither answers nor ends hangs.
    private static final long HANGS_MINUTES = 10;

    private final AtomicReference<Optional<String>> id = new AtomicReference<>(Optional.empty());
    private volatile Optional<ControlClient.Reply> reply = Optional.empty();

    /**
     * Asks for the update and waits until it is answered or the gateway is gone for good.
     *
     * @param phases hears of each phase; the first one is empty
     */
    void ask(ControlClient client, Path pack, GatewayChild gateway, Consumer<String> phases)
            throws InterruptedException {
        phases.accept("");
        CountDownLatch answered = new CountDownLatch(1);
        Thread asking = new Thread(() -> ask(client, pack, phases, answered), "sekimori-itest-asking");
        asking.setDaemon(true);
        asking.start();
        // A client waits for a gateway that restarts; one that was killed does not come back by itself.
        long hangs = System.nanoTime() + TimeUnit.MINUTES.toNanos(HANGS_MINUTES);
        while (!answered.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS) && gateway.isAlive()) {
            if (System.nanoTime() > hangs) {
                throw new AssertionError("the gateway neither answers nor ends\n" + gateway.output());
            }
        }
        asking.interrupt();
        asking.join();
    }

    private void ask(ControlClient client, Path pack, Consumer<String> phases, CountDownLatch answered) {
        try {
            reply = Optional.of(client.apply(pack, event -> hear(event, phases)));
        } catch (ControlException e) {
            reply = Optional.empty();
        } finally {
            answered.countDown();
        }
    }

    /** The transition's name, if the gateway lived long enough to say it. */
    Optional<String> id() {
        return id.get();
    }

    /** The gateway's answer, if it lived long enough to give one. */
    Optional<ControlClient.Reply> reply() {
        return reply;
    }

    private void hear(JsonObject event, Consumer<String> phases) {
        Object name = event.asMap().get("id");
        if (name != null && id.get().isEmpty()) {
            id.set(Optional.of(name.toString()));
        }
        Object phase = event.asMap().get("phase");
        if (phase != null) {
            phases.accept(phase.toString());
        }
    }
}
