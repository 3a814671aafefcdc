package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.trust.BuildTime;
import io.sekimori.trust.Swap;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.engine.lab.Intruder;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A gateway that is attacked again and again: what it was before an attack is remembered, and is what it must be after it.
 * To freeze it is in an attacker's power, so its trusted metadata are put back between attacks.
 */
final class AttackedGateway {

    static final String APP = "lab.app";
    static final String WEAK = "lab.weak";

    /** What an attack must leave alone. */
    record State(Optional<Confirmed> pointer, Set<Integer> generations, Set<String> store, String greeting) {}

    final Lab lab;
    private State before;
    private Map<Path, byte[]> metadata;

    AttackedGateway(Path work) throws Exception {
        lab = new Lab(Files.createDirectories(work));
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    /** What it is now is what the attacks from here on must leave alone. */
    void remember() throws Exception {
        before = state();
        metadata = metadata();
    }

    State before() {
        return before;
    }

    /** Puts back the trusted metadata that were remembered. */
    void thaw() throws Exception {
        for (Path file : metadata().keySet()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, byte[]> file : metadata.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** What it is sent is refused with this code, and nothing of what was remembered differs. */
    void refused(Path pack, String code) throws Exception {
        int generation = before.pointer().orElseThrow().generation();

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused " + generation + " " + code);
        assertThat(state()).isEqualTo(before);
        assertThat(lab.unit().transitionFile()).doesNotExist();
    }

    /** Who has the console, as it assigns the application's next version. */
    Intruder intruder() throws Exception {
        return lab.intruder(lab.pack(lab.engine("0.1.0"), app("2.0.0")));
    }

    Item app(String version) {
        return lab.greeter(APP, version, Swap.OVERLAP, "");
    }

    Item weak(String version) {
        return lab.greeter(WEAK, version, Swap.OVERLAP, "");
    }

    /** A bundle of the publisher's name that the publisher never saw. */
    byte[] malware() throws IOException {
        return Files.readAllBytes(
                lab.greeter(APP, "2.0.0", Swap.OVERLAP, "malware").jar());
    }

    /** Before it no document that expired is believed, whatever the clock says. */
    Instant notBefore() throws Exception {
        return new UpdateVerifier(
                        lab.unit().metadata(),
                        Files.readAllBytes(lab.unit().releaseAnchor()),
                        Files.readAllBytes(lab.unit().directorAnchor()),
                        BuildTime.instant())
                .notBefore();
    }

    private State state() throws Exception {
        return new State(
                new Pointer(lab.unit()).confirmed(),
                Set.copyOf(new Generations(lab.unit()).numbers()),
                Set.copyOf(lab.unit().store().digests()),
                lab.greeting(APP));
    }

    private Map<Path, byte[]> metadata() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(lab.unit().metadata())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Map<Path, byte[]> content = new TreeMap<>();
        for (Path file : files) {
            content.put(file, Files.readAllBytes(file));
        }
        return content;
    }
}
