package io.sekimori.control.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.log.Logger;

/**
 * Listens on a UNIX domain socket, mode 0600. The socket is bound under another name and renamed over the old one, so
 * that a version of this bundle can start while the one before still listens: who connects finds one of them, always.
 */
final class Listener implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 16;
    private static final long FINISH_SECONDS = 5;

    private final Path socket;
    private final Requests requests;
    private final Logger log;
    private final ServerSocketChannel server;
    private final Object identity;
    private final ThreadPoolExecutor connections;
    private final ScheduledThreadPoolExecutor clock;
    private final Acceptor acceptor;

    private Listener(Path socket, ServerSocketChannel server, Object identity, Requests requests, Logger log) {
        this.socket = socket;
        this.server = server;
        this.identity = identity;
        this.requests = requests;
        this.log = log;
        AtomicInteger number = new AtomicInteger();
        this.connections = new ThreadPoolExecutor(
                0,
                MOST_CONNECTIONS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "sekimori-control-" + number.incrementAndGet()));
        this.clock = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-control-clock"));
        clock.setRemoveOnCancelPolicy(true);
        this.acceptor = new Acceptor(server::accept, this::serve, log);
    }

    /** Binds and begins to listen. */
    static Listener open(Path socket, Requests requests, Logger log) throws IOException {
        Files.createDirectories(socket.getParent());
        // A socket can be connected to from the moment it is bound, and only then be given its permissions; nobody else
        // reaches it in a folder of its own. The name is short: the path of a socket has about a hundred characters.
        Path nest = Files.createDirectory(
                socket.resolveSibling(
                        ".c" + Integer.toString(ThreadLocalRandom.current().nextInt(60_000_000), 36)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = nest.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean open = false;
        try {
            server.bind(UnixDomainSocketAddress.of(fresh), MOST_CONNECTIONS);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Object identity = identity(fresh).orElseThrow(() -> new IOException("the socket has gone"));
            Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Listener listener = new Listener(socket, server, identity, requests, log);
            new Thread(listener.acceptor, "sekimori-control-accept").start();
            open = true;
            return listener;
        } finally {
            if (!open) {
                server.close();
                Files.deleteIfExists(fresh);
            }
            Files.deleteIfExists(nest);
        }
    }

    /** Accepts nobody any more, and lets those who are there finish, for a bounded time. */
    @Override
    public void close() {
        try {
            acceptor.close();
            removeMine();
            server.close();
        } catch (IOException e) {
            log.warn("The control socket could not be closed: {}", e.getMessage());
        }
        requests.moveAll();
        connections.shutdown();
        try {
            if (!connections.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
                connections.shutdownNow();
            }
        } catch (InterruptedException e) {
            connections.shutdownNow();
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
    }

    private void serve(SocketChannel channel) {
        try {
            connections.execute(new Connection(channel, requests, clock, log));
        } catch (RejectedExecutionException e) {
            try (channel) {
                Wire.write(channel, Message.refused(ControlCode.TOO_MANY_CONNECTIONS, "try again in a moment"));
            } catch (IOException gone) {
                log.debug("A refused control connection has gone: {}", gone.getMessage());
            }
        }
    }

    // By now the name may belong to another version of this bundle.
    private void removeMine() throws IOException {
        if (identity(socket).filter(identity::equals).isPresent()) {
            Files.deleteIfExists(socket);
        }
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.ofNullable(
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                : Optional.empty();
    }
}
