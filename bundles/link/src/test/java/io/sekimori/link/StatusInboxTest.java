package io.sekimori.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditLog;
import io.sekimori.insight.Insight;
import io.sekimori.insight.InsightCode;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.IntakeAnswer;
import io.sekimori.insight.KeptStatus;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.PayloadCodec;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.Logger;

class StatusInboxTest {

    private static final String GATEWAY = "g-aaaaaaaaaaaa";
    private static final LinkSettings SETTINGS = new LinkSettings(URI.create("ssl://localhost:8883"), "sekimori", 1);

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Lanes lanes = new Lanes(1, 4, Duration.ofMillis(1), log());
    private final Strays strays = new Strays(() -> (AuditLog) new FakeAudit(), Clock.systemUTC(), log());
    private volatile @Nullable Insight insight;
    private volatile boolean away;
    private volatile boolean believed = true;

    @AfterEach
    void end() {
        lanes.close();
    }

    @Test
    void aStatusIsAcknowledgedWhenItIsOnDisk() throws Exception {
        insight = insight();

        assertThat(acknowledged()).isTrue();
        assertThat(taken).containsExactly(GATEWAY + " signed");
        assertThat(strays.count()).isZero();
    }

    @Test
    void aStatusThatIsNotBelievedIsDroppedAndCounted() throws Exception {
        insight = insight();
        believed = false;

        assertThat(acknowledged()).isTrue();
        assertThat(strays.count()).isEqualTo(1);
    }

    @Test
    void whileTheRecordsAreAwayTheBrokerKeepsIt() throws Exception {
        insight = insight();
        away = true;
        CountDownLatch done = receive();
        while (taken.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(done.getCount()).isEqualTo(1);
        away = false;

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private boolean acknowledged() throws InterruptedException {
        return receive().await(30, TimeUnit.SECONDS);
    }

    private CountDownLatch receive() {
        FakeFleet fleet = new FakeFleet();
        Post post = new Post(SETTINGS, new Silent(), fleet::fleet, strays, Clock.systemUTC());
        Inbox inbox = new Inbox(SETTINGS, lanes, post, strays, fleet::fleet, () -> null, () -> insight);
        CountDownLatch done = new CountDownLatch(1);
        KuraPayload payload = new KuraPayload(Optional.empty(), Optional.empty(), Map.of(), "signed".getBytes());
        inbox.received(
                "$EDC/sekimori/console/STATUS-V1/NOTIFY/" + GATEWAY + "/status",
                PayloadCodec.pack(payload),
                done::countDown);
        return done;
    }

    private record Silent() implements Wire {

        @Override
        public boolean connected() {
            return false;
        }

        @Override
        public boolean publish(String topic, byte[] message) {
            return false;
        }
    }

    private Insight insight() {
        return new Insight() {
            @Override
            public IntakeAnswer take(String gateway, byte[] signed) throws InsightException {
                taken.add(gateway + " " + new String(signed));
                if (away) {
                    throw new InsightException(InsightCode.RECORDS_UNAVAILABLE, "away", null);
                }
                return believed
                        ? new IntakeAnswer.Known()
                        : new IntakeAnswer.Dropped(InsightCode.STATUS_FORGED, "not signed");
            }

            @Override
            public Optional<KeptStatus> latest(String gateway) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<KeptStatus> history(String gateway, OptionalLong before, int limit) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static Logger log() {
        return (Logger) Proxy.newProxyInstance(
                StatusInboxTest.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }
}
