package io.sekimori.link;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.log.Logger;

/** Whatever comes from the broker, it is settled: taken or dropped, never an exception that ends a lane. */
class InboxFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyMessageIsSettled(FuzzedDataProvider data) {
        LinkSettings settings = new LinkSettings(URI.create("ssl://localhost:1"), "sekimori", 1);
        FakeFleet fake = new FakeFleet();
        Strays strays = new Strays(FakeAudit::new, Clock.systemUTC(), logger());
        try (Lanes lanes = new Lanes(1, 4, Duration.ofMillis(1), logger())) {
            Post post = new Post(settings, new Nowhere(), fake::fleet, strays, Clock.systemUTC());
            Inbox inbox = new Inbox(settings, lanes, post, strays, fake::fleet, () -> null, () -> null);
            AtomicInteger settled = new AtomicInteger();

            String topic = data.consumeBoolean()
                    ? "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-a/" + data.consumeString(20)
                    : data.consumeString(200);
            inbox.received(topic, data.consumeRemainingAsBytes(), settled::incrementAndGet);

            long end = System.nanoTime() + 5_000_000_000L;
            while (settled.get() == 0) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("not settled: " + topic);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static final class Nowhere implements Wire {

        @Override
        public boolean connected() {
            return false;
        }

        @Override
        public boolean publish(String topic, byte[] message) {
            return false;
        }
    }

    private static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                InboxFuzzTest.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }
}
