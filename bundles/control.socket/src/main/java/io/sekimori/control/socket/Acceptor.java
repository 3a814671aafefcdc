package io.sekimori.control.socket;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.log.Logger;

/**
 * Lets clients in until it is closed. What keeps it from that mostly passes, as when the process has too many files open;
 * it tries again after a wait that grows, so that it neither gives up nor keeps a processor busy. Thread-safe.
 */
final class Acceptor implements Runnable {

    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    /** Where clients come from; throws {@link ClosedChannelException} when nobody will come any more. */
    @FunctionalInterface
    interface Door {
        SocketChannel next() throws IOException;
    }

    private final Door door;
    private final Consumer<SocketChannel> clients;
    private final Logger log;
    private final CountDownLatch closed = new CountDownLatch(1);

    Acceptor(Door door, Consumer<SocketChannel> clients, Logger log) {
        this.door = door;
        this.clients = clients;
        this.log = log;
    }

    @Override
    public void run() {
        long waitMillis = FIRST_WAIT_MILLIS;
        boolean over = false;
        while (!over) {
            try {
                clients.accept(door.next());
                waitMillis = FIRST_WAIT_MILLIS;
            } catch (ClosedChannelException e) {
                over = true;
            } catch (IOException e) {
                log.error("The control socket cannot accept, trying again in {} ms: {}", waitMillis, e.getMessage());
                over = closedWithin(waitMillis);
                waitMillis = Math.min(2 * waitMillis, LONGEST_WAIT_MILLIS);
            }
        }
    }

    /** Ends a wait; who closes the door ends the rest. */
    void close() {
        closed.countDown();
    }

    private boolean closedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
