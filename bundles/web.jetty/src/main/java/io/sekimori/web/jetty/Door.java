package io.sekimori.web.jetty;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** The port that is open, or is to be: one that another program has is tried again until it is free. Thread-safe. */
final class Door implements AutoCloseable {

    private static final long PAUSE_SECONDS = 2;

    private final Opener opener;
    private final Logger log;
    private final ScheduledThreadPoolExecutor again;
    private Settings settings;
    private @Nullable Listener listener;
    private String refused = "";
    private boolean closed;

    /** Opens a port. */
    @FunctionalInterface
    interface Opener {
        Listener open(Settings settings) throws IOException;
    }

    Door(Settings settings, Opener opener, Logger log) {
        this.settings = settings;
        this.opener = opener;
        this.log = log;
        this.again = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sekimori-web-port");
            made.setDaemon(true);
            return made;
        });
    }

    /** Opens the port, unless it is or was closed for good; goes on trying if it is taken. */
    synchronized void open() {
        if (closed || listener != null) {
            return;
        }
        try {
            listener = opener.open(settings);
            refused = "";
        } catch (IOException | RuntimeException e) { // such as an address that no name server knows
            if (refused.isEmpty()) {
                log.error("{}:{} is not open and is tried again", settings.host(), settings.port(), e);
            }
            refused = String.valueOf(e.getMessage());
            again.schedule(this::open, PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Opens another port before the one of before is closed, the same one after.
     *
     * @throws IOException if it cannot be opened; the one of before is then open
     */
    synchronized void move(Settings next) throws IOException {
        Listener before = listener;
        if (next.equals(settings)) {
            return;
        }
        if (before == null) {
            settings = next;
            open();
            return;
        }
        boolean samePort = next.port() == settings.port() && next.port() != 0;
        if (samePort) {
            before.close();
        }
        try {
            Listener opened = opener.open(next);
            if (!samePort) {
                before.close();
            }
            listener = opened;
            settings = next;
        } catch (IOException | RuntimeException e) {
            if (samePort) {
                listener = null;
                open();
            }
            throw e;
        }
    }

    /** The port that is open; 0 if none is. */
    synchronized int port() {
        Listener open = listener;
        return open == null ? 0 : open.port();
    }

    /** Why none is; empty if one is. */
    synchronized String refused() {
        return refused;
    }

    @Override
    public synchronized void close() {
        closed = true;
        again.shutdownNow();
        Listener open = listener;
        listener = null;
        if (open != null) {
            open.close();
        }
    }
}
