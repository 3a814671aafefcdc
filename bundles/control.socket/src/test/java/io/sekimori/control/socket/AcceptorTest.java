package io.sekimori.control.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.Logger;

/** What the acceptor does when it cannot accept. */
class AcceptorTest {

    private static final Logger SILENT = (Logger) Proxy.newProxyInstance(
            AcceptorTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);

    private final List<SocketChannel> clients = new ArrayList<>();

    @Test
    void clientsAreLetInAgainOnceItCanAccept() throws Exception {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Queue<Acceptor.Door> doors =
                    new ArrayDeque<>(List.of(AcceptorTest::tooManyFiles, AcceptorTest::tooManyFiles, () -> client));
            long start = System.nanoTime();

            new Acceptor(() -> next(doors), clients::add, SILENT).run();

            assertThat(clients).containsExactly(client);
            // Twice refused: it has waited, and the second time longer.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @Test
    void itEndsWhileItWaits() throws Exception {
        CountDownLatch refused = new CountDownLatch(6);
        Acceptor acceptor = new Acceptor(
                () -> {
                    refused.countDown();
                    return tooManyFiles();
                },
                clients::add,
                SILENT);
        Thread thread = new Thread(acceptor);
        thread.start();
        refused.await();

        acceptor.close();

        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static SocketChannel next(Queue<Acceptor.Door> doors) throws IOException {
        Acceptor.Door door = doors.poll();
        if (door == null) {
            throw new ClosedChannelException();
        }
        return door.next();
    }

    private static SocketChannel tooManyFiles() throws IOException {
        throw new IOException("Too many open files");
    }
}
