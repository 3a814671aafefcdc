package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sekimori.web.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.junit.jupiter.api.Test;

class AddressLimitTest {

    private final AddressLimit limit = new AddressLimit(2, 100);

    @Test
    void oneAddressHoldsNoMoreThanItMayAndNobodyElseIsConcerned() {
        assertThat(limit.enter("192.0.2.7")).isTrue();
        assertThat(limit.enter("192.0.2.7")).isTrue();
        assertThat(limit.enter("192.0.2.7")).isFalse();
        assertThat(limit.enter("192.0.2.8")).isTrue();
    }

    @Test
    void whoLeftMayComeBackAndIsForgotten() {
        limit.enter("192.0.2.7");
        limit.enter("192.0.2.7");
        limit.enter("192.0.2.7");

        limit.leave("192.0.2.7"); // the one that was turned away
        limit.leave("192.0.2.7");
        assertThat(limit.enter("192.0.2.7")).isTrue();

        limit.leave("192.0.2.7");
        limit.leave("192.0.2.7");
        assertThat(limit.addresses()).isZero();
    }

    @Test
    void howeverManyAddressesThereAreSomeConnectionsAreLeftToThisMachine() {
        AddressLimit small = new AddressLimit(16, 64);
        for (int i = 0; i < 64 - AddressLimit.KEPT_FOR_THIS_MACHINE; i++) {
            assertThat(small.enter("192.0.2." + i % 4)).isTrue();
        }

        assertThat(small.enter("192.0.2.9")).isFalse();

        small.leave("192.0.2.9"); // the one that was turned away
        small.leave("192.0.2.0");
        assertThat(small.enter("192.0.2.9")).isTrue();
    }

    @Test
    void whoIsOneTooManyIsClosedBeforeTls() throws Exception {
        AddressLimit ofThisMachine = new AddressLimit(2, 100, address -> false);
        Server server = new Server();
        try {
            ServerConnector connector = new ServerConnector(
                    server,
                    new SslConnectionFactory(
                            new TlsEngines(() -> () -> Site.server().trusting()), "http/1.1"),
                    new HttpConnectionFactory());
            connector.setHost("127.0.0.1");
            connector.addBean(ofThisMachine);
            server.addConnector(connector);
            server.start();

            SSLSocket first = connect(connector);
            try (SSLSocket second = connect(connector);
                    SSLSocket third = open(connector)) {
                assertThatIOException().isThrownBy(third::startHandshake);
                first.close();
                Instant patience = Instant.now().plusSeconds(60);
                while (!ofThisMachine.enter("127.0.0.1")) { // until the server has seen it go
                    ofThisMachine.leave("127.0.0.1");
                    assertThat(Instant.now()).isBefore(patience);
                    Thread.onSpinWait();
                }
                ofThisMachine.leave("127.0.0.1");
                connect(connector).close();
                assertThat(second.isClosed()).isFalse();
            }
        } finally {
            server.stop();
        }
    }

    private static SSLSocket connect(ServerConnector connector) throws IOException {
        SSLSocket socket = open(connector);
        socket.startHandshake();
        return socket;
    }

    private static SSLSocket open(ServerConnector connector) throws IOException {
        SSLSocket socket = (SSLSocket) Papers.withoutTrusting(Site.server())
                .getSocketFactory()
                .createSocket("localhost", connector.getLocalPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @Test
    void aNetworkOfSixtyFourBitsCountsAsOneAndThisMachineDoesNotCount() throws UnknownHostException {
        assertThat(limit.counted(InetAddress.getByName("2001:db8:0:7::1")))
                .isEqualTo(limit.counted(InetAddress.getByName("2001:db8:0:7:ffff::9")))
                .contains("2001:db8:0:7");
        assertThat(limit.counted(InetAddress.getByName("2001:db8:0:8::1"))).contains("2001:db8:0:8");
        assertThat(limit.counted(InetAddress.getByName("192.0.2.7"))).contains("192.0.2.7");
        assertThat(limit.counted(InetAddress.getByName("127.0.0.2"))).isEmpty();
        assertThat(limit.counted(InetAddress.getByName("::1"))).isEmpty();
        assertThat(Peer.network("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
