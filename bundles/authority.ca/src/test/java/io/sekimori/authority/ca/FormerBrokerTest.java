package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.authority.AuthorityException;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Whoever stole an issuing key pretends to be the broker, also after it was replaced. */
class FormerBrokerTest {

    private final KeyPair key = Bench.pair();

    @OnBothDatabases
    void theConsoleTalksToNoBrokerOfAnIssuingCaThatWasReplaced(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        Ca former = authority.ca();
        Issuer stolen = Issuer.of(former.issuing(), bench.keys.signing(NewAuthority.ISSUING_KEY), bench.clock());
        X509Certificate forged = certificate(stolen);
        assertThat(talks(authority.client(1), forged, former.issuing())).isTrue();

        Issuers next = NextIssuerTest.replaced(bench, authority, Optional.empty());

        // The one that goes on running, and the one that a power cut ended.
        for (CaAuthority console : List.of(authority, bench.console())) {
            SSLContext client = console.client(1);
            assertThat(talks(client, certificate(console.ca().issuer()), next.issuing()))
                    .isTrue();
            assertThat(talks(client, forged, former.issuing())).isFalse();
            assertThat(talks(client, forged, former.issuing(), next.root())).isFalse();
            assertThat(talks(client, forged, former.issuing(), next.root(), next.issuing()))
                    .isFalse();
            assertThat(talks(client, forged, next.issuing(), next.root())).isFalse();
        }
    }

    private X509Certificate certificate(Issuer issuer) throws AuthorityException {
        return issuer.issue(
                Profile.subject("broker", "console"),
                key.getPublic(),
                Duration.ofDays(9),
                Profile.server(Set.of("localhost")));
    }

    /** Whether the console takes a broker with that certificate, and those sent along with it, for its own. */
    private boolean talks(SSLContext console, X509Certificate certificate, X509Certificate... more) throws Exception {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(List.of(more));
        SSLContext broker = MemoryKeys.tls(key, chain, List.of(certificate));
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                (SSLServerSocket) broker.getServerSocketFactory().createServerSocket(0, 1, here)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listening));
            try (SSLSocket socket =
                    (SSLSocket) console.getSocketFactory().createSocket(here, listening.getLocalPort())) {
                socket.startHandshake();
                return true;
            } catch (SSLHandshakeException e) {
                return false;
            } finally {
                served.join();
            }
        }
    }

    private static void serve(SSLServerSocket listening) {
        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
            accepted.startHandshake();
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the other side says what it thinks of it
        }
    }
}
