package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Method;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Status;
import io.sekimori.status.StatusCode;
import io.sekimori.status.StatusException;
import io.sekimori.status.StatusService;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusDeliveryTest {

    @TempDir
    Path unit;

    private final List<Notification> sent = new ArrayList<>();
    private StatusDelivery delivery;

    @BeforeEach
    void aGatewayThatIsEnrolled() throws Exception {
        delivery = made();
        delivery.outbox = sent::add;
    }

    @Test
    void aStatusGoesToTheConsoleByItsOwnApplication() {
        delivery.reported(bytes("one"));

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).hasToString("STATUS-V1 status for console");
        assertThat(sent.get(0).body()).isEqualTo(bytes("one"));
    }

    @Test
    void whatNobodyTakesIsKeptThroughASwapAndSentInOrder() throws Exception {
        delivery.outbox = null;
        delivery.reported(bytes("one"));
        delivery.outbox = full -> {
            throw new ConnectionException(ConnectionCode.OUTBOX_UNWRITABLE, "full", null);
        };
        delivery.reported(bytes("two"));

        StatusDelivery next = made();
        next.outbox = sent::add;
        next.reported(bytes("three"));

        assertThat(sent)
                .extracting(one -> new String(one.body(), StandardCharsets.UTF_8))
                .containsExactly("one", "two", "three");
    }

    @Test
    void withoutAConsoleNothingIsKept() throws Exception {
        delivery.identity = identity(Optional.empty());
        delivery.reported(bytes("one"));
        delivery.identity = identity(Optional.of(enrolled()));
        delivery.reported(bytes("two"));

        assertThat(sent).hasSize(1);
    }

    @Test
    void aNewStatusIsMadeForWhoAsks() {
        delivery.status = status(nonce -> bytes("signed " + nonce));

        Reply reply = delivery.handle(request(Method.GET, "status", Map.of("nonce", "n-1")));

        assertThat(reply.body()).isEqualTo(bytes("signed n-1"));
    }

    @Test
    void whatCannotBeAnsweredHasItsCode() {
        assertThat(reason(request(Method.GET, "status", Map.of()))).isEqualTo("STATUS_ABSENT");
        delivery.status = status(nonce -> {
            throw new StatusException(StatusCode.STATUS_UNSIGNED, "no key", null);
        });
        assertThat(reason(request(Method.GET, "status", Map.of()))).isEqualTo("STATUS_UNSIGNED");
        assertThat(reason(request(Method.GET, "status", Map.of("nonce", "a b"))))
                .isEqualTo("NONCE_MALFORMED");
        assertThat(reason(request(Method.GET, "other", Map.of()))).isEqualTo("RESOURCE_UNKNOWN");
        assertThat(reason(request(Method.PUT, "status", Map.of()))).isEqualTo("RESOURCE_UNKNOWN");
    }

    /** Each has a number, for which the disk is synced. */
    @Test
    void whoAsksWithoutEndGetsSoManyStatusesAndNoMore() {
        AtomicInteger signed = new AtomicInteger();
        delivery.status = status(nonce -> {
            signed.incrementAndGet();
            return bytes(nonce);
        });
        for (int i = 0; i < 1_000; i++) {
            delivery.handle(request(Method.GET, "status", Map.of("nonce", "n-" + i)));
        }

        assertThat(signed).hasValueBetween(Numbers.AT_ONCE, Numbers.AT_ONCE + 20);
        assertThat(reason(request(Method.GET, "status", Map.of()))).isEqualTo("REQUESTS_TOO_MANY");
    }

    @Test
    void theStatusKnowsWhenTheCertificateEnds() throws Exception {
        assertThat(delivery.contribute().certificates())
                .extracting(CertificateEnd::notAfter)
                .containsExactly(enrolled().chain().get(0).getNotAfter().toInstant());
    }

    private StatusDelivery made() throws Exception {
        RunningGeneration generation = faked(RunningGeneration.class, unit);
        StatusDelivery made = new StatusDelivery(generation, new SilentLog().logger());
        made.identity = identity(Optional.of(enrolled()));
        return made;
    }

    private static Enrolled enrolled() throws Exception {
        List<X509Certificate> chain = List.of(anyCertificate());
        return new Enrolled(
                "g-aaaaaaaaaaaa",
                "sekimori",
                chain,
                chain,
                URI.create("https://console"),
                URI.create("ssl://console:8883"));
    }

    /** One that the Java runtime trusts: any will do. */
    private static X509Certificate anyCertificate() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    private static Identity identity(Optional<Enrolled> enrolled) {
        return faked(Identity.class, enrolled);
    }

    private static <T> T faked(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                StatusDeliveryTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer));
    }

    private interface Signed {
        byte[] by(String nonce) throws StatusException;
    }

    private static StatusService status(Signed signed) {
        return new StatusService() {
            @Override
            public Status now() {
                throw new UnsupportedOperationException();
            }

            @Override
            public byte[] signed(String nonce) throws StatusException {
                return signed.by(nonce);
            }
        };
    }

    private Object reason(Request request) {
        return delivery.handle(request).metrics().get(Reply.REASON);
    }

    private static Request request(Method method, String resource, Map<String, Object> metrics) {
        return new Request(method, List.of(resource), metrics, new byte[0], "console-1", "r-1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
