package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road of an update that comes over a network, in a real framework. */
class SourceTest {

    private static final Map<String, Object> POLICY =
            Map.of("probation.seconds", 0, "settle.seconds", 2, "deadline.seconds", 20, "download.tries", 1);

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
        lab.policy(POLICY);
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void whatIsMissingIsDownloaded() throws Exception {
        String outcome = lab.fetch(next("2.0.0"), Long.MAX_VALUE);

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void whatArrivedBeforeAProcessEndedIsUsedByTheNext() throws Exception {
        Path pack = next("2.0.0");
        assertThat(lab.fetch(pack, 500)).startsWith("Refused 1 DOWNLOAD_FAILED");
        String digest = lab.office().digest("lab.app", "2.0.0");
        assertThat(Files.size(incomingFile(digest))).isEqualTo(500);
        lab.shutdown();
        lab.boot(1, false);

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).isEqualTo("Confirmed 3");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void whatAnAssignmentDoesNotNameAnyMoreIsForgotten() throws Exception {
        lab.fetch(next("2.0.0"), 500);
        String abandoned = lab.office().digest("lab.app", "2.0.0");

        lab.fetch(next("3.0.0"), 500);

        assertThat(incomingFile(abandoned)).doesNotExist();
        assertThat(incomingFile(lab.office().digest("lab.app", "3.0.0"))).exists();
    }

    @Test
    void aPlanDownloadsWhatApplyThenNeedNot() throws Exception {
        Path pack = next("2.0.0");

        String plan = lab.ask("plan-fetch", pack.toString());

        assertThat(plan).contains("OVERLAP lab.app");
        assertThat(lab.unit().store().digests()).doesNotContain(lab.office().digest("lab.app", "2.0.0"));
        assertThat(lab.fetch(pack, 0)).isEqualTo("Confirmed 2");
    }

    @Test
    void aFileThatTheSourceLacksIsRefused() throws Exception {
        Path pack = lab.packs().without("lab.app", lab.engine("0.1.0"), app("2.0.0"));

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused 1 SOURCE_FILE_MISSING");
    }

    private Path next(String version) throws Exception {
        return lab.pack(lab.engine("0.1.0"), app(version));
    }

    private Item app(String version) {
        return lab.greeter("lab.app", version, Swap.OVERLAP, "");
    }

    private Path incomingFile(String digest) {
        return Incoming.of(lab.unit()).path(digest);
    }

    private List<Path> incoming() throws Exception {
        try (Stream<Path> files = Files.list(Incoming.of(lab.unit()).directory())) {
            return files.toList();
        }
    }
}
