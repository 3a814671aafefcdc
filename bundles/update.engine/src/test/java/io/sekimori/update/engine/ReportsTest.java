package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.generation.Unit;
import io.sekimori.keys.Keys;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.TrustedTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

class ReportsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path work;

    private Reports reports;

    @BeforeEach
    void make() {
        Logger silent = (Logger) Proxy.newProxyInstance(
                ReportsTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
        reports = new Reports(new Unit(work), new Nobody(), work.resolve("data"), silent);
    }

    @Test
    void theNewestAreKept() throws Exception {
        for (int number = 2; number < 40; number++) {
            reports.file(report(number, NOW.plusSeconds(number)), true);
        }

        assertThat(numbers()).hasSize(Reports.KEPT).startsWith(39, 38).endsWith(20);
    }

    @Test
    void aClockThatWasSetBackMakesNothingOld() throws Exception {
        for (int number = 2; number < 30; number++) {
            reports.file(report(number, NOW.plusSeconds(number)), true);
        }

        reports.file(report(30, NOW.minus(Duration.ofDays(900))), true);

        assertThat(numbers()).hasSize(Reports.KEPT).startsWith(30, 29);
    }

    private static TransitionReport report(int number, Instant ended) {
        return new TransitionReport(
                "t-" + number,
                1,
                number,
                7,
                new Origin("somebody", "local"),
                ended,
                ended,
                new Outcome.Cancelled(1),
                Optional.empty(),
                List.of());
    }

    private record Nobody() implements Capabilities {
        @Override
        public Optional<AuditLog> audit() {
            return Optional.empty();
        }

        @Override
        public Optional<Keys> keys() {
            return Optional.empty();
        }

        @Override
        public Optional<Configurations> configurations() {
            return Optional.empty();
        }

        @Override
        public Optional<TrustedTime> time() {
            return Optional.empty();
        }
    }

    private List<Integer> numbers() {
        return reports.recent().stream().map(filed -> filed.report().to()).toList();
    }
}
