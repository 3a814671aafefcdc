package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.notices.Settings.Hooks;
import io.sekimori.notices.Settings.Mail;
import io.sekimori.notices.Settings.Security;
import io.sekimori.records.Records;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.log.Logger;

/** Each fact once, each notice to each recipient, and again until it arrives; by several consoles. */
class RoundTest {

    static final Logger LOG = (Logger) Proxy.newProxyInstance(
            RoundTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);

    private final List<String> told = new ArrayList<>();
    private final SetClock clock = new SetClock(Instant.parse("2026-11-22T12:00:00Z"));
    private boolean broken;

    private final Map<String, Medium> media = Map.of("mail", this::tell, "hook", this::tell);

    private void tell(Notice notice, String address) throws IOException {
        if (broken && address.startsWith("https")) {
            throw new IOException("by test");
        }
        told.add(address + " " + notice.kind() + " " + notice.count() + " "
                + notice.facts().stream().map(Fact::subject).toList());
    }

    static Settings settings(boolean full) {
        return new Settings(
                true,
                Set.of(Kind.WAITS_FOR_PERSON, Kind.ATTACK_REPORTED),
                full,
                Locale.ENGLISH,
                Duration.ofMinutes(5),
                Duration.ofDays(14),
                new Mail(
                        "mail.example.com",
                        587,
                        Security.STARTTLS,
                        "",
                        Optional.empty(),
                        "c@b.example",
                        List.of("a@b.example")),
                new Hooks(List.of(URI.create("https://hook.example/x")), Optional.of(Path.of("secret"))),
                Topics.none(),
                Optional.empty());
    }

    static Fact waits(int gateway) {
        return new Fact(Kind.WAITS_FOR_PERSON, "g-" + gateway + " 7", "g-" + gateway, "INSTALL_BY_HAND");
    }

    private Round round() {
        return new Round(clock, LOG);
    }

    private void keep(Records records, Settings settings, Fact... facts) throws Exception {
        round().keep(records, settings, List.of(facts));
    }

    private void later(Records records, Settings settings, Duration more) throws Exception {
        clock.pass(more);
        round().turn(records, settings, media);
    }

    @OnBothDatabases
    void whatComesTogetherIsToldTogetherAndOnce(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Settings full = settings(true);
        keep(records, full, waits(1));
        keep(records, full, waits(2), waits(1), new Fact(Kind.ROLLOUT_STOPPED, "r-1", "nobody wants that", ""));
        later(records, full, Duration.ofMinutes(4));
        assertThat(told).isEmpty();

        later(records, full, Duration.ofMinutes(1));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "a@b.example WAITS_FOR_PERSON 2 [g-1, g-2]",
                        "https://hook.example/x WAITS_FOR_PERSON 2 [g-1, g-2]");

        keep(consoles.console(), full, waits(1), waits(2));
        later(records, full, Duration.ofHours(2));
        assertThat(told).hasSize(2);
        assertThat(round().oldestUndelivered(records)).isEmpty();

        keep(records, full, waits(3));
        later(records, settings(false), Duration.ofMinutes(5));
        assertThat(told.subList(2, 4)).allMatch(line -> line.endsWith("WAITS_FOR_PERSON 1 []"));
    }

    @OnBothDatabases
    void whatDoesNotArriveIsTriedAgainUntilItDoesAndNotForEver(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Settings full = settings(true);
        broken = true;
        keep(records, full, waits(1));
        later(records, full, Duration.ofMinutes(5));
        assertThat(told).containsExactly("a@b.example WAITS_FOR_PERSON 1 [g-1]");

        later(records, full, Duration.ofSeconds(59));
        broken = false;
        later(records, full, Duration.ofSeconds(2)); // a minute after the first try
        assertThat(told).hasSize(2);

        broken = true;
        keep(records, full, waits(2));
        later(records, full, Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            later(records, full, Duration.ofHours(6));
        }
        broken = false;
        later(records, full, Duration.ofDays(1));
        assertThat(told).as("it was given up").hasSize(3);
        assertThat(round().oldestUndelivered(records)).isPresent();
        later(records, full, Duration.ofDays(91));
        assertThat(round().oldestUndelivered(records)).as("it is forgotten").isEmpty();
    }

    @OnBothDatabases
    void whoIsNoLongerConfiguredIsNotTold(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Settings full = settings(true);
        broken = true;
        keep(records, full, waits(1));
        later(records, full, Duration.ofMinutes(5));
        broken = false;
        Settings mailOnly = new Settings(
                true,
                full.kinds(),
                true,
                full.language(),
                full.collecting(),
                full.expiry(),
                full.mail(),
                new Hooks(List.of(URI.create("https://other.example/")), Optional.of(Path.of("secret"))),
                Topics.none(),
                Optional.empty());

        later(records, mailOnly, Duration.ofDays(1));

        assertThat(told).containsExactly("a@b.example WAITS_FOR_PERSON 1 [g-1]");
        assertThat(round().oldestUndelivered(records)).as("nobody waits for it").isEmpty();
    }

    /** Two consoles, one of which dies with what it claimed. */
    @OnBothDatabases
    void whatOneConsoleClaimedAnotherOneSendsWhenItIsSilent(Consoles consoles) throws Exception {
        Records dying = consoles.console();
        Records other = consoles.console();
        Settings full = settings(true);
        keep(dying, full, waits(1));
        clock.pass(Duration.ofMinutes(5));
        List<DueRows.Due> claimed = Round.database(dying).write(connection -> {
            NoticeRows.handOut(connection, full.recipients(), clock.instant());
            return DueRows.claim(connection, 10, clock.instant());
        });
        assertThat(claimed).hasSize(2);

        later(other, full, DueRows.CLAIM.minusSeconds(1));
        assertThat(told).isEmpty();
        later(other, full, Duration.ofSeconds(1));
        assertThat(told).hasSize(2);
    }

    @OnBothDatabases
    void aGatewayThatSaysEverNewThingsFillsNothing(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Settings full = settings(true);
        for (int i = 0; i < 30; i++) {
            keep(records, full, new Fact(Kind.ATTACK_REPORTED, "g-1 " + i, "g-1", ""));
        }
        keep(records, full, new Fact(Kind.ATTACK_REPORTED, "g-2 1", "g-2", ""));

        later(records, full, Duration.ofMinutes(5));

        assertThat(told).hasSize(2).allMatch(line -> line.contains(" 11 [g-1, ") && line.endsWith(", g-2]"));
    }

    @OnBothDatabases
    void whatHappenedBeforeAnybodyWasToldIsNoNews(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Instant first = clock.instant();
        assertThat(round().since(records)).isEqualTo(first);
        clock.pass(Duration.ofDays(1));
        assertThat(round().since(records)).isEqualTo(first);

        round().silent(records);

        assertThat(round().since(records)).isEqualTo(clock.instant());
    }
}
