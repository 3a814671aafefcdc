package io.sekimori.itests.process;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.DeviceKey;
import io.sekimori.itests.support.Factory;
import io.sekimori.itests.support.Fixture;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.itests.support.Workshop;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit with its publisher: the gateway as it ships, and the fixture. Confined to one thread. */
final class TestUnit {

    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Unit unit;
    private final String device;
    private final Workshop workshop;
    private final Fixture fixture;
    private final Map<String, Map<String, Object>> configurations;
    private final Part first;
    private int number;

    private TestUnit(
            Path folder, Unit unit, String device, Workshop workshop, Map<String, Map<String, Object>> configurations) {
        this.folder = folder;
        this.unit = unit;
        this.device = device;
        this.workshop = workshop;
        this.fixture = new Fixture(folder.resolve("editions"));
        this.configurations = configurations;
        this.first = well();
    }

    /**
     * Makes one.
     *
     * @param folder for keys and releases
     * @param directory of the unit; must not exist or be empty
     * @param policy of update, over the quick one that is used without
     */
    static TestUnit make(Path folder, Path directory, Map<String, Object> policy) throws IOException {
        Map<String, Object> quick =
                new HashMap<>(Map.of("probation.seconds", 0L, "settle.seconds", 30L, "deadline.seconds", 60L));
        quick.putAll(policy);
        Workshop workshop = Workshop.in(folder.resolve("workshop"));
        String device = DeviceKey.make(directory);
        TestUnit made =
                new TestUnit(folder, new Unit(directory), device, workshop, Map.of("io.sekimori.update.engine", quick));
        new Factory(workshop).make(directory, device, made.firstParts(), made.configurations);
        Path script = directory.resolve("bin/sekimori-gateway");
        Files.createDirectories(script.getParent());
        Files.copy(Path.of(System.getProperty("shipped.script")), script);
        return made;
    }

    private Parts firstParts() {
        return Parts.gateway().with(first);
    }

    /** The edition of the fixture that generation 1 has. */
    Part firstEdition() {
        return first;
    }

    Unit unit() {
        return unit;
    }

    /** The fixture in a new version, well; it hands out reports. */
    Part well() {
        return fixture.reporting(nextVersion());
    }

    /** The fixture in a new version, misbehaving. */
    Part behaving(String behaviour) {
        return fixture.behaving(nextVersion(), behaviour);
    }

    /** A shipped bundle in a new version. */
    Path edition(String symbolicName) {
        return BundleJar.of(Jars.shipped(symbolicName)).version(nextVersion()).into(folder.resolve("editions"));
    }

    /** A jar of the launcher's class path in a new version. */
    Path slotEdition(String symbolicName) {
        return BundleJar.of(Jars.slot(symbolicName)).version(nextVersion()).into(folder.resolve("slot-editions"));
    }

    /** A Java runtime whose program is that script. */
    Path javaThat(String script) throws IOException {
        Path jar = BundleJar.empty("test.java", nextVersion())
                .with("Sekimori-Programs", "bin/java")
                .into(folder.resolve("slot-editions"));
        return PatchedJar.with(jar, "bin/java", script);
    }

    /** A pack that brings the gateway as it is, with that Java runtime. */
    Path packRunningOn(Path java) throws IOException {
        return pack(firstParts().runningOn(java));
    }

    /** A pack that brings the gateway as it is, with that launcher and that Java runtime. */
    Path packLaunchedBy(Path jar, Path java) throws IOException {
        return pack(firstParts().launchedBy(jar).runningOn(java));
    }

    /** A pack that brings the gateway as it is, with that jar in the launcher's class path. */
    Path packLaunchedBy(Path jar) throws IOException {
        return pack(firstParts().launchedBy(jar));
    }

    /** A pack that brings the gateway as it ships with this edition of the fixture. */
    Path pack(Part edition) throws IOException {
        return pack(Parts.gateway().with(edition));
    }

    /** A pack that brings these parts. */
    Path pack(Parts parts) throws IOException {
        return workshop.pack(folder.resolve("update-" + ++number + ".pack"), device, parts, configurations);
    }

    /** What speaks with the running gateway. */
    ControlClient client() {
        return new ControlClient(unit.controlSocket(), CLIENT_PATIENCE);
    }

    /** The generation the pointer names. */
    int confirmed() throws IOException, MalformedJson {
        return new Pointer(unit).confirmed().orElseThrow().generation();
    }

    /** Whether a generation verifies whole: evidence and every file. */
    Verification verify(int generation) {
        return new GenerationVerifier(unit).verify(generation);
    }

    /**
     * What the running gateway says of itself to a console that asks with this nonce; its device key signed that. Empty while
     * nobody is there to say it.
     */
    Optional<UnitReport> report(String nonce) throws ControlException, MalformedJson, TrustException {
        ControlClient.Reply reply = client().ask("itests.report", Map.of("nonce", nonce));
        if (!(reply instanceof ControlClient.Reply.Answer answer)) {
            return Optional.empty();
        }
        byte[] signed = answer.members().string("report").getBytes(StandardCharsets.UTF_8);
        return Optional.of(SignedReport.verified(signed, device));
    }

    /** Whether the gateway can be spoken with, and all of its capabilities are there. */
    boolean answers() throws MalformedJson {
        try {
            return answer(client().ask("status")).strings("missing").isEmpty();
        } catch (ControlException e) {
            return false;
        }
    }

    /** Version and state of the fixture in the running gateway, for each that is installed. */
    List<String> fixtures() throws ControlException, MalformedJson {
        return states(Fixture.NAME);
    }

    /** Version and state of that bundle in the running gateway, for each that is installed. */
    List<String> states(String symbolicName) throws ControlException, MalformedJson {
        List<String> found = new ArrayList<>();
        for (JsonObject bundle : answer(client().ask("bundles")).objects("bundles")) {
            if (bundle.string("symbolicName").equals(symbolicName)) {
                found.add(bundle.string("version") + " " + bundle.string("state"));
            }
        }
        return found;
    }

    /** The finished transitions the gateway knows, newest first. */
    List<JsonObject> transitions() throws ControlException, MalformedJson {
        return answer(client().ask("transitions")).objects("transitions");
    }

    static JsonObject answer(ControlClient.Reply reply) {
        if (reply instanceof ControlClient.Reply.Answer answer) {
            return answer.members();
        }
        throw new AssertionError("refused: " + reply);
    }

    private String nextVersion() {
        return "1.0." + ++number;
    }
}
