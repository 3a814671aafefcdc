package io.sekimori.control.socket;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.osgi.service.log.Logger;

/**
 * One connection: one request, its answer, the end. Who asks is what the operating system says of the other side. Reading
 * the request and each write are bounded in time by closing the channel. Confined to one thread.
 */
final class Connection implements Runnable {

    private static final long REQUEST_SECONDS = 30;
    private static final long WRITE_SECONDS = 30;

    /** Takes messages for the other side. */
    interface Output {

        /** @throws IOException if the other side has gone or does not read */
        void send(Map<String, ?> message) throws IOException;
    }

    private final SocketChannel channel;
    private final Requests requests;
    private final ScheduledExecutorService clock;
    private final Logger log;

    Connection(SocketChannel channel, Requests requests, ScheduledExecutorService clock, Logger log) {
        this.channel = channel;
        this.requests = requests;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void run() {
        try (channel) {
            Optional<String> person = person();
            if (person.isEmpty()) {
                send(Message.refused(ControlCode.PEER_UNKNOWN, "the operating system does not say who asks"));
                return;
            }
            answer(person.get());
        } catch (EOFException e) {
            log.debug("A control connection was closed by its client");
        } catch (IOException e) {
            log.debug("A control connection ended early: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("A control request met a fault; report it with the gateway's log", e);
        }
    }

    private void answer(String person) throws IOException, InterruptedException {
        Future<?> bound = clock.schedule(this::close, REQUEST_SECONDS, TimeUnit.SECONDS);
        try {
            JsonObject request = new Wire(channel).read(Wire.MAX_REQUEST_BYTES);
            bound.cancel(false);
            requests.answer(request, person, this::send);
        } catch (MalformedJson e) {
            send(Message.refused(ControlCode.REQUEST_MALFORMED, String.valueOf(e.getMessage())));
        } finally {
            bound.cancel(false);
        }
    }

    private void send(Map<String, ?> message) throws IOException {
        Future<?> bound = clock.schedule(this::close, WRITE_SECONDS, TimeUnit.SECONDS);
        try {
            Wire.write(channel, message);
        } finally {
            bound.cancel(false);
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("A control connection could not be closed: {}", e.getMessage());
        }
    }

    private Optional<String> person() throws IOException {
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer == null ? Optional.empty() : Optional.of(peer.user().getName());
    }
}
