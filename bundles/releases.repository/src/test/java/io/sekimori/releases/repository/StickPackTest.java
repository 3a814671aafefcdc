package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static io.sekimori.releases.repository.AssigningConsole.OTTO;
import static io.sekimori.releases.repository.AssigningConsole.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.PackAnswer;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Carrier;
import io.sekimori.trust.Pack;
import io.sekimori.trust.Release;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** What a technician carries to a gateway without network, on both databases. */
class StickPackTest {

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private SigningDirector director;

    @OnBothDatabases
    void aPackHasAllThatAGatewayNeedsAndIsGoodForNinetyDays(Consoles consoles) throws Exception {
        begin(consoles);
        long first = desk.assigned(desk.order(set(Console.APP, "1.1.0"))).version();
        StickPacks packs = console.packs(desk.records);

        PackAnswer.Ready ready = (PackAnswer.Ready) packs.of(DEVICE, OTTO);

        assertThat(ready.version()).isEqualTo(first + 1); // the one for networks is good for 30 days
        assertThat(ready.expires()).isEqualTo(console.time.now.plus(Duration.ofDays(90)));
        assertThat(director.current(DEVICE).orElseThrow().version()).isEqualTo(first + 1);
        Path file = work.resolve("pack.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            ready.content().write(out);
        }
        Instant later = console.time.now.plus(Duration.ofDays(80));
        try (Pack pack = Pack.open(file)) {
            UpdateVerifier verifier = new UpdateVerifier(
                    work.resolve("state"), console.offline.anchor(), console.offlineDirector.anchor());
            UnitFacts facts = new UnitFacts(DEVICE, Console.MODEL);
            Carrier stick = new Carrier.Medium(Duration.ofDays(90), Optional.empty());
            Acceptance answer = verifier.verify(pack.releases(), pack.director(), facts, Map.of(), later, stick);
            assertThat(answer).isInstanceOf(Acceptance.Accepted.class);
            for (Release release : ((Acceptance.Accepted) answer).releases()) {
                pack.targets().open(release).readAllBytes(); // throws unless it is what was signed
            }
        }
        console.time.pass(Duration.ofDays(44));
        assertThat(((PackAnswer.Ready) packs.of(DEVICE, OTTO)).version()).isEqualTo(first + 1);
        console.time.pass(Duration.ofDays(2));
        assertThat(((PackAnswer.Ready) packs.of(DEVICE, OTTO)).version()).isGreaterThan(first + 1);
    }

    @OnBothDatabases
    void thereIsNoPackOfNothingNorWithoutAFileNorUnaudited(Consoles consoles) throws Exception {
        begin(consoles);
        StickPacks packs = console.packs(desk.records);
        assertThat(((PackAnswer.Refused) packs.of(DEVICE, OTTO)).code()).isEqualTo("NO_ASSIGNMENT");
        long version = desk.assigned(desk.order(Changes.NONE)).version();
        packs.audit = null;
        assertThat(((PackAnswer.Refused) packs.of(DEVICE, OTTO)).code()).isEqualTo("AUDIT_UNAVAILABLE");
        packs.audit = console.audit();
        String app = console.released(Console.APP, "1.0.0").sha256();
        Files.delete(console.settings.place().store().path(app));

        assertThat(((PackAnswer.Refused) packs.of(DEVICE, OTTO)).code()).isEqualTo("FILE_MISSING");

        assertThat(director.current(DEVICE).orElseThrow().version()).isEqualTo(version);
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        console = desk.console;
        director = desk.director;
    }
}
