package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.Database;
import io.sekimori.records.Dialect;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Rollouts;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What notices cost a console at which nothing happens. */
class IdleTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final SetClock clock = new SetClock(Instant.parse("2026-11-22T12:00:00Z"));

    /** Counts transactions. */
    private Records counted(Records records) {
        return schema -> {
            Database database = records.open(schema);
            return new Database() {
                @Override
                public <T extends @Nullable Object> T read(Work<T> work) throws RecordsException {
                    reads.incrementAndGet();
                    return database.read(work);
                }

                @Override
                public <T extends @Nullable Object> T write(Work<T> work) throws RecordsException {
                    writes.incrementAndGet();
                    return database.write(work);
                }

                @Override
                public Dialect dialect() {
                    return database.dialect();
                }
            };
        };
    }

    @OnBothDatabases
    void whereNothingHappensNothingIsWritten(Consoles consoles) throws Exception {
        Rollout rollout = ObservationTest.rollout(RolloutState.RUNNING, clock.instant());
        Notices notices = new Notices(Path.of("unit"), clock, RoundTest.LOG);
        notices.records = counted(consoles.console());
        notices.rollouts = (Rollouts) Proxy.newProxyInstance(
                IdleTest.class.getClassLoader(), new Class<?>[] {Rollouts.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("page");
                    return List.of(rollout);
                });
        notices.want(RoundTest.settings(false));
        minute(notices);
        assertThat(writes.get()).as("what is new is kept").isPositive();
        reads.set(0);
        writes.set(0);

        minute(notices);

        assertThat(writes.get()).isZero();
        assertThat(reads.get()).isLessThanOrEqualTo(10);
        notices.end();
    }

    @OnBothDatabases
    void whereNobodyIsToldNothingIsAsked(Consoles consoles) throws Exception {
        Notices notices = new Notices(Path.of("unit"), clock, RoundTest.LOG);
        notices.records = counted(consoles.console());
        minute(notices);
        reads.set(0);
        writes.set(0);

        minute(notices);

        assertThat(reads.get() + writes.get()).isZero();
        notices.end();
    }

    private void minute(Notices notices) {
        for (int i = 0; i < 6; i++) {
            notices.tick();
            clock.pass(Duration.ofSeconds(10));
        }
    }
}
