package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Path;
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

        waitsWith("OUTSIDE_WINDOW");
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
    void whoMayNotUpdateBeginsNothing() throws Exception {
        policy(Map.of("update.by", new String[] {"site"}), "ORIGIN_NOT_ALLOWED");
        assertThat(lab.fetch(next(), Long.MAX_VALUE)).contains("code=ORIGIN_NOT_ALLOWED");

        policy(Map.of("update.by", new String[] {"console"}), "");
        assertThat(lab.apply(next())).contains("code=ORIGIN_NOT_ALLOWED");
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

    private static String elsewhen() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(3).getDayOfWeek().name().substring(0, 3) + " 00:00-00:10";
    }

    private Path next() throws Exception {
        version++;
        return lab.pack(lab.engine("0.1.0"), app(version + ".0.0"));
    }

    private String digest() {
        return lab.digest("lab.app", version + ".0.0");
    }

    private Lab.Item app(String name) {
        return lab.greeter("lab.app", name, Swap.OVERLAP, "");
    }
}
