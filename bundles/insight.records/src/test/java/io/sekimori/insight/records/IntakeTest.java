package io.sekimori.insight.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.insight.InsightCode;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.IntakeAnswer;
import io.sekimori.insight.KeptStatus;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final String ID = "g-aaaaaaaaaaaa";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Unit device = new Unit();
    private Life life = Life.ACTIVATED;

    @OnBothDatabases
    void aSignedStatusIsKeptWithWhenItWasSoAndWhenItCame(Consoles consoles) throws Exception {
        RecordedInsight insight = console(consoles);
        Instant before = NOON.minusSeconds(3600);

        assertThat(insight.take(ID, device.status(7, before, "vouched"))).isInstanceOf(IntakeAnswer.Accepted.class);

        KeptStatus kept = console(consoles).latest(ID).orElseThrow();
        assertThat(kept.at()).isEqualTo(before);
        assertThat(kept.received()).isEqualTo(NOON);
        assertThat(kept.sequence()).isEqualTo(7);
        assertThat(kept.members().get("generation")).isEqualTo(3L);
        assertThat((List<?>) kept.members().get("bundles")).hasSize(1);
        assertThat(kept.members().get("moments")).isEqualTo(Map.of("supportEnds", "2031-04-01T00:00:00Z"));
        assertThat(kept.members()).doesNotContainKeys("more", "device", "type");
    }

    @OnBothDatabases
    void repeatingAddsNothingAndTheOldIsRefused(Consoles consoles) throws Exception {
        RecordedInsight insight = console(consoles);
        byte[] old = device.status(7, NOON, "vouched");
        byte[] newest = device.status(8, NOON, "vouched");
        insight.take(ID, old);
        insight.take(ID, newest);

        assertThat(insight.take(ID, newest)).isEqualTo(new IntakeAnswer.Known());
        assertThat(dropped(insight, old)).isEqualTo(InsightCode.STATUS_REPLAYED);
        assertThat(dropped(insight, device.status(8, NOON, "refused"))).isEqualTo(InsightCode.STATUS_REPLAYED);
        assertThat(insight.history(ID, OptionalLong.empty(), 10)).hasSize(2);
    }

    @OnBothDatabases
    void historyIsBoundedAndRead(Consoles consoles) throws Exception {
        RecordedInsight insight = console(consoles);
        for (int i = 1; i <= 5; i++) {
            insight.take(ID, device.status(i, NOON, "vouched"));
        }

        assertThat(numbers(insight.history(ID, OptionalLong.empty(), 10))).containsExactly(5L, 4L, 3L);
        assertThat(numbers(insight.history(ID, OptionalLong.of(5), 1))).containsExactly(4L);
        assertThat(insight.history("g-bbbbbbbbbbbb", OptionalLong.empty(), 10)).isEmpty();
        assertThat(insight.latest("g-bbbbbbbbbbbb")).isEmpty();
    }

    @OnBothDatabases
    void whatIsNotProvedIsNotKept(Consoles consoles) throws Exception {
        RecordedInsight insight = console(consoles);

        assertThat(dropped(insight, new Unit().status(7, NOON, "vouched"))).isEqualTo(InsightCode.STATUS_FORGED);
        assertThat(dropped(insight, device.signed(new Unit(), 7))).isEqualTo(InsightCode.STATUS_FORGED);
        assertThat(dropped(insight, device.status(7, NOON, "fine"))).isEqualTo(InsightCode.STATUS_MALFORMED);
        assertThat(dropped(insight, device.status(0, NOON, "vouched"))).isEqualTo(InsightCode.STATUS_MALFORMED);
        assertThat(dropped(insight, new byte[StatusReading.MAX_BYTES + 1])).isEqualTo(InsightCode.STATUS_MALFORMED);
        assertThat(dropped(insight, device.status(7, NOON.plus(Duration.ofDays(2)), "vouched")))
                .isEqualTo(InsightCode.STATUS_FROM_FUTURE);
        life = Life.SUSPENDED;
        assertThat(dropped(insight, device.status(7, NOON, "vouched"))).isEqualTo(InsightCode.GATEWAY_NOT_TRUSTED);
        assertThat(((IntakeAnswer.Dropped) insight.take("g-bbbbbbbbbbbb", new byte[0])).code())
                .isEqualTo(InsightCode.GATEWAY_UNKNOWN);
        assertThat(insight.latest(ID)).isEmpty();
    }

    @Test
    void withoutRecordsOrFleetNothingIsTakenAndItMayBeSentAgain() {
        RecordedInsight insight = new RecordedInsight(Clock.fixed(NOON, ZoneOffset.UTC), 3);
        assertThat(code(insight)).isEqualTo(InsightCode.FLEET_UNAVAILABLE);
        insight.fleet = fleet(id -> {
            throw new FleetException(FleetCode.RECORDS_UNAVAILABLE, "away", null);
        });
        assertThat(code(insight)).isEqualTo(InsightCode.FLEET_UNAVAILABLE);
        insight.fleet = fleet(this::gateway);
        assertThat(code(insight)).isEqualTo(InsightCode.RECORDS_UNAVAILABLE);
        assertThatThrownBy(() -> new RecordedInsight(Clock.systemUTC(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private InsightCode code(RecordedInsight insight) {
        try {
            insight.take(ID, device.status(7, NOON, "vouched"));
            throw new AssertionError("it was taken");
        } catch (InsightException e) {
            return e.code();
        }
    }

    private static InsightCode dropped(RecordedInsight insight, byte[] signed) throws InsightException {
        return ((IntakeAnswer.Dropped) insight.take(ID, signed)).code();
    }

    private static List<Long> numbers(List<KeptStatus> statuses) {
        return statuses.stream().map(KeptStatus::sequence).toList();
    }

    private RecordedInsight console(Consoles consoles) {
        RecordedInsight made = new RecordedInsight(Clock.fixed(NOON, ZoneOffset.UTC), 3);
        made.records = consoles.console();
        made.fleet = fleet(this::gateway);
        return made;
    }

    private interface Finding {
        Optional<Gateway> of(String id) throws FleetException;
    }

    private Optional<Gateway> gateway(String id) {
        return Optional.of(id)
                .filter(ID::equals)
                .map(known -> new Gateway(
                        ID,
                        "SN-1",
                        "M-1",
                        life,
                        Optional.of(device.key()),
                        Set.of(),
                        Gateway.Contact.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        NOON,
                        1));
    }

    private static Fleet fleet(Finding finding) {
        return (Fleet) Proxy.newProxyInstance(
                IntakeTest.class.getClassLoader(),
                new Class<?>[] {Fleet.class},
                (proxy, method, arguments) -> finding.of((String) arguments[0]));
    }
}
