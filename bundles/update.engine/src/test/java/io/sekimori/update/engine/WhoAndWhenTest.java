package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the policy of one gateway says of who may update and when, in a real framework. */
@TestInstance(Lifecycle.PER_CLASS)
class WhoAndWhenTest {

    private static final Map<String, Object> QUICK =
            Map.of("probation.seconds", 0, "settle.seconds", 2, "deadline.seconds", 20);

    private Lab lab;
    private int version = 1;

    @BeforeAll
    void open(@TempDir Path work) throws Exception {
        lab = new Lab(work);
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    @AfterAll
    void close() throws Exception {
        lab.close();
    }

    @Test
    void whatAConsoleAssignsWaitsForItsWindowAndAPersonOnSiteDoesNot() throws Exception {
        policy(Map.of("windows", new String[] {elsewhen()}), "OUTSIDE_WINDOW");

        assertThat(lab.ask("begins", "console")).isNotEmpty();
        waitsWith("OUTSIDE_WINDOW");
    }

    /** Nobody is told when it begins if the windows are not all that keeps it. */
    @Test
    void whatWaitsForMoreThanItsWindowBeginsAtNoSetTime() throws Exception {
        Map<String, Object> closed = Map.of("windows", new String[] {elsewhen()});
        policy(closed, "OUTSIDE_WINDOW");
        lab.ask("time", "");
        assertThat(lab.ask("hindrance", "console")).isEqualTo("TIME_UNTRUSTED");
        assertThat(lab.ask("begins", "console")).isEmpty();
        lab.ask("off", "time");

        Map<String, Object> off = new HashMap<>(closed);
        off.put("enabled", false);
        policy(off, "UPDATES_DISABLED");
        assertThat(lab.ask("begins", "console")).isEmpty();
    }

    @Test
    void whatIsInstalledByHandIsDownloadedByItself() throws Exception {
        policy(Map.of("install.automatic", false), "INSTALL_BY_HAND");

        waitsWith("INSTALL_BY_HAND");
    }

    @Test
    void whatIsDownloadedByHandIsNotDownloaded() throws Exception {
        policy(Map.of("download.automatic", false), "DOWNLOAD_BY_HAND");
        Path pack = next();

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).contains(" DOWNLOAD_BY_HAND ");
        assertThat(lab.unit().store().digests()).doesNotContain(digest());
        assertThat(lab.apply(pack)).startsWith("Confirmed ");
    }

    @Test
    void whatIsPutOffWaitsUntilSomebodyInstallsItByHand() throws Exception {
        policy(Map.of(), "");
        assertThat(lab.ask("defer", "25")).contains("DEFERRAL_TOO_LONG");
        assertThat(lab.ask("defer", "2")).isEmpty();
        lab.awaitNote("audit ALLOWED  by local:tester");

        waitsWith("DEFERRED");
        assertThat(lab.ask("hindrance", "console")).isEmpty(); // it is confirmed, so nothing is put off any more
    }

    @Test
    void whatIsPutOffCanGoOn() throws Exception {
        policy(Map.of(), "");
        lab.ask("defer", "2");
        assertThat(lab.ask("hindrance", "console")).isEqualTo("DEFERRED");

        assertThat(lab.ask("defer", "0")).isEmpty();

        assertThat(lab.ask("hindrance", "console")).isEmpty();
        assertThat(lab.fetch(next(), Long.MAX_VALUE)).startsWith("Confirmed ");
    }

    @Test
    void aConsolesWordAloneOpensNoWindowAndEndsNoDelay() throws Exception {
        policy(Map.of("windows", new String[] {elsewhen()}), "OUTSIDE_WINDOW");
        Instant inside = LocalDate.now(ZoneOffset.UTC).plusDays(3).atTime(0, 5).toInstant(ZoneOffset.UTC);
        assertThat(at("hindrance", inside, Instant.now())).isEqualTo("OUTSIDE_WINDOW");
        assertThat(at("hindrance", inside, inside)).isEmpty();

        policy(Map.of(), "");
        lab.ask("defer", "2");
        Instant later = Instant.now().plus(Duration.ofHours(3));
        Path pack = next();
        assertThat(at("hindrance", later, Instant.now())).isEqualTo("DEFERRED");
        lab.ask("time", later.toString(), Instant.now().toString());
        assertThat(lab.fetch(pack, Long.MAX_VALUE)).contains(" DEFERRED ");
        lab.ask("off", "time");

        lab.ask("time", later.toString());
        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Confirmed ");
        lab.ask("off", "time");
    }

    @Test
    void whoMayNotUpdateBeginsNothing() throws Exception {
        policy(Map.of("update.by", new String[] {"site"}), "ORIGIN_NOT_ALLOWED");
        assertThat(lab.fetch(next(), Long.MAX_VALUE)).contains("code=ORIGIN_NOT_ALLOWED");

        policy(Map.of("update.by", new String[] {"console"}), "");
        assertThat(lab.apply(next())).contains("code=ORIGIN_NOT_ALLOWED");
    }

    /** A console may bring it as often as it likes, and fills no audit with it. */
    @Test
    void whatAConsoleBringsAgainAndAgainIsRecordedOnceAndWhatAPersonAsksForEachTime() throws Exception {
        policy(Map.of("update.by", new String[0]), "ORIGIN_NOT_ALLOWED");
        Path pack = next();
        long before = refusals("local:tester");

        for (int i = 0; i < 5; i++) {
            assertThat(lab.fetch(pack, Long.MAX_VALUE)).contains("code=ORIGIN_NOT_ALLOWED");
            assertThat(lab.apply(pack)).contains("code=ORIGIN_NOT_ALLOWED");
        }

        assertThat(refusals("console:console")).isEqualTo(1);
        assertThat(refusals("local:tester")).isEqualTo(before + 5);
    }

    private long refusals(String actor) {
        String refused = "audit REFUSED ORIGIN_NOT_ALLOWED by " + actor + " update.apply";
        return lab.notes().stream().filter(refused::equals).count();
    }

    @Test
    void whoMayUpdateNeedNotBeAllowedToGoBack() throws Exception {
        policy(Map.of("rollback.by", new String[] {"site"}), "");
        String running = lab.greeting("lab.app");
        assertThat(lab.fetch(next(), Long.MAX_VALUE)).startsWith("Confirmed ");
        Path back = lab.pack(lab.engine("0.1.0"), app(running));

        assertThat(lab.fetch(back, Long.MAX_VALUE)).contains(" ROLLBACK_NOT_ALLOWED ", "lab.app/" + running);
        assertThat(lab.apply(back)).startsWith("Confirmed ");
        assertThat(lab.greeting("lab.app")).isEqualTo(running);
    }

    @Test
    void anOldStickIsForWhoeverStandsThereAloneAndSaidToBeOld() throws Exception {
        policy(Map.of(), "");
        Path old = aged(2);

        assertThat(lab.fetch(old, Long.MAX_VALUE)).contains(" EXPIRED_TIMESTAMP ");
        lab.ask("apply-by", "elsewhere", old.toString());
        assertThat(lab.outcome()).contains(" EXPIRED_TIMESTAMP ");
        assertThat(lab.notes()).noneMatch(note -> note.contains("offline-stale"));

        assertThat(lab.apply(old)).startsWith("Confirmed ");

        assertThat(lab.notes()).contains("audit ALLOWED  by local:tester update.offline-stale");
        assertThat(lab.report("").last().orElseThrow().offlineStale())
                .hasValueSatisfying(since -> assertThat(since).isBefore(Instant.now()));
        assertThat(lab.apply(next())).startsWith("Confirmed ");
        assertThat(lab.report("").last().orElseThrow().offlineStale()).isEmpty();
    }

    @Test
    void aStickIsGoodForAsLongAsThePolicySays() throws Exception {
        policy(Map.of("pack.days", 1, "update.by", new String[] {"site"}), "ORIGIN_NOT_ALLOWED");

        assertThat(lab.apply(aged(2))).contains(" EXPIRED_PACK ");
    }

    @Test
    void whatWasLookedAtIsInstalledAndNothingElse() throws Exception {
        policy(Map.of(), "");
        Path pack = next();

        lab.ask("apply-seen", pack.toString(), "0".repeat(64));
        assertThat(lab.outcome()).contains(" ASSIGNMENT_NOT_SEEN ");

        String seen = lab.ask("seen", pack.toString());
        lab.ask("apply-seen", pack.toString(), seen);
        assertThat(lab.outcome()).startsWith("Confirmed ");
    }

    private Path aged(int days) throws Exception {
        version++;
        return lab.packs().aged(Duration.ofDays(days), lab.engine("0.1.0"), app(version + ".0.0"));
    }

    private void waitsWith(String code) throws Exception {
        Path pack = next();
        String running = lab.greeting("lab.app");

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).contains(" " + code + " ");
        assertThat(lab.greeting("lab.app")).isEqualTo(running);
        assertThat(lab.unit().transitionFile()).doesNotExist();
        assertThat(lab.apply(pack)).startsWith("Confirmed ");
    }

    private void policy(Map<String, Object> more, String hindrance) {
        Map<String, Object> policy = new HashMap<>(QUICK);
        policy.putAll(more);
        lab.policy(policy, hindrance);
    }

    private String at(String command, Instant now, Instant earliest) {
        lab.ask("time", now.toString(), earliest.toString());
        try {
            return lab.ask(command, "console");
        } finally {
            lab.ask("off", "time");
        }
    }

    private static String elsewhen() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(3).getDayOfWeek().name().substring(0, 3) + " 00:00-00:10";
    }

    private Path next() throws Exception {
        version++;
        return lab.pack(lab.engine("0.1.0"), app(version + ".0.0"));
    }

    private String digest() {
        return lab.office().digest("lab.app", version + ".0.0");
    }

    private Item app(String name) {
        return lab.greeter("lab.app", name, Swap.OVERLAP, "");
    }
}
