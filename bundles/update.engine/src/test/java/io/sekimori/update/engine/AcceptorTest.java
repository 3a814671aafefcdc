package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.Carrier;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.MetadataSource;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Swap;
import io.sekimori.update.Origin;
import io.sekimori.update.SourceFile;
import io.sekimori.update.TrustedTime;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose updates a gateway takes, and what it is that asks. */
class AcceptorTest {

    private static final String MODEL = "sg-1";
    private static final Confirmed CONFIRMED = new Confirmed(1, Optional.empty(), Map.of());
    private static final int MOST_BYTES = 1 << 20;

    @TempDir
    private Path work;

    private final Instant now = Instant.now();
    private final List<Long> claims = new ArrayList<>();
    private Unit unit;
    private Signer signer;
    private ReleaseRepository releases;
    private DirectorRepository director;
    private Release release;
    private PublicKeyFacts device;

    private interface KeyQuestion {
        Optional<PublicKeyFacts> ask(String name) throws KeyException;
    }

    @BeforeEach
    void anAssignedUpdate() throws Exception {
        unit = new Unit(work.resolve("unit"));
        signer = KeyFile.create(work.resolve("key"));
        RoleKeys keys = RoleKeys.of(1, signer.publicKey());
        releases = ReleaseRepository.init(
                work.resolve("releases"),
                Map.of(Role.ROOT, keys, Role.TIMESTAMP, keys, Role.SNAPSHOT, keys, Role.TARGETS, keys),
                List.of(signer),
                Lifetimes.DEFAULT,
                now);
        director = DirectorRepository.init(
                work.resolve("director"),
                Map.of(Role.ROOT, keys, Role.TARGETS, keys),
                List.of(signer),
                Lifetimes.DEFAULT,
                now);
        device = new PublicKeyFacts(
                Keys.DEVICE,
                KeyAlgorithm.EC_P256,
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        Path jar = TestBundle.of("lab.app", "1.0.0").write(work.resolve("jars"));
        release = releases.add(
                jar,
                new ReleaseFacts("lab.app", "1.0.0", 1, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of()),
                Lifetimes.DEFAULT,
                now);
        releases.sign(List.of(signer));
        releases.publish(List.of(signer), Lifetimes.DEFAULT, now);
        assign(device.id());
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), releases.anchor());
        Files.write(unit.directorAnchor(), director.anchor());
        Files.write(unit.nameplate(), new Nameplate(MODEL, "T-1").bytes());
    }

    @Test
    void whatIsForThisGatewayIsAcceptedForGood() throws Exception {
        Acceptance.Accepted accepted = accept(source());

        assertThat(accepted.releases()).containsExactly(release);
        assertThat(unit.metadata().resolve("director/targets.json")).isRegularFile();
        assertThat(unit.metadata().resolve("release/timestamp.json")).isRegularFile();
    }

    @Test
    void theVersionThatItClaimsIsToldAndThatOfNothingElse() throws Exception {
        RoleKeys keys = RoleKeys.of(1, signer.publicKey());
        director.newRoot(Map.of(Role.ROOT, keys, Role.TARGETS, keys), List.of(signer), Lifetimes.DEFAULT, now);
        assign(device.id());

        long version = accept(source()).assignment().version();

        assertThat(claims).containsExactly(version);
    }

    @Test
    void aClaimIsAVersionOrNone() {
        assertThat(claim("{\"signed\":{\"version\":0}}")).hasValue(0);
        assertThat(claim("{\"signed\":{\"version\":-1}}")).isEmpty();
        assertThat(claim("{\"signed\":{}}")).isEmpty();
        assertThat(claim("no metadata")).isEmpty();
    }

    private static OptionalLong claim(String metadata) {
        return ClaimedVersion.of(metadata.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsMissingClaimsNothing() {
        refused("ASSIGNMENT_MISSING", () -> accept(source(director.metadata("e".repeat(64)))));

        assertThat(claims).isEmpty();
    }

    @Test
    void tryingOutSaysTheSameAndKeepsNothing() throws Exception {
        Acceptance.Accepted tried = tryOut(source());

        long version = tried.assignment().version();
        assertThat(accept(source()).assignment()).isEqualTo(tried.assignment());
        Map<String, Long> kept = files(unit.metadata());
        assign(device.id());
        assertThat(tryOut(source()).assignment().version()).isGreaterThan(version);
        assertThat(files(unit.metadata())).isEqualTo(kept);
        assertThat(unit.run()).isEmptyDirectory();
        assertThat(claims).containsExactly(version);
    }

    /** It is asked beside a transition, at whose end a dry run's folders are removed. */
    @Test
    void whatIsLookedAtToTakeBackIsNotInTheWayOfWhoCollectsDryRuns() throws Exception {
        Acceptance.Accepted open = accept(source());
        long version = open.assignment().version();
        director.assign(
                AssignmentDraft.takingBack(device.id(), MODEL, version), List.of(signer), Lifetimes.DEFAULT, now);
        new Pointer(unit).commit(CONFIRMED);
        List<String> folders = new ArrayList<>();
        UpdateSource back = source((name, maxBytes) -> {
            folders.addAll(List.of(unit.run().toFile().list()));
            return director.metadata(device.id()).fetch(name, maxBytes);
        });
        Surroundings around = around(Optional.of(keys(name -> Optional.of(device))));
        Journal journal = Journal.begin("t1", 1, 2, new Origin("console", "console"), now, "p")
                .trying(version);

        assertThat(new TakingBack(around, new Present(around, null), null).reason(journal, back))
                .isPresent();

        assertThat(folders).isNotEmpty().allMatch(name -> name.startsWith(Tidy.PREVIEW));
        assertThat(unit.run()).isEmptyDirectory();
    }

    @Test
    void tryingOutRemembersWhatWasAccepted() throws Exception {
        byte[] old =
                director.metadata(device.id()).fetch("targets.json", MOST_BYTES).orElseThrow();
        assign(device.id());
        accept(source());
        UpdateSource older = source((name, maxBytes) -> name.equals("targets.json")
                ? Optional.of(old)
                : director.metadata(device.id()).fetch(name, maxBytes));

        refused("ASSIGNMENT_ROLLBACK", () -> tryOut(older));
        assertThat(unit.run()).isEmptyDirectory();
    }

    @Test
    void whereNothingCanBeTriedOutItIsRefused() throws Exception {
        Files.writeString(unit.run(), "no folder");

        refused(UpdateCode.STATE_UNREADABLE, "cannot be copied", () -> tryOut(source()));
    }

    @Test
    void trustSaysWhyNot() throws Exception {
        String another = "e".repeat(64);
        assign(another);

        refused("ASSIGNMENT_OTHER_DEVICE", () -> accept(source(director.metadata(another))));
    }

    @Test
    void whoeverCannotSayWhichDeviceThisIsAcceptsNothing() {
        refused(UpdateCode.KEYS_UNAVAILABLE, "no keys service", () -> new Acceptor(around(Optional.empty())).facts());
        refused(
                UpdateCode.KEYS_UNAVAILABLE,
                "no device key",
                () -> acceptor(name -> Optional.empty()).facts());
        refused(
                UpdateCode.KEYS_UNAVAILABLE,
                "cannot be used",
                () -> acceptor(name -> {
                            throw new KeyException(KeyCode.values()[0], "by test", new IOException("by test"));
                        })
                        .facts());
    }

    @Test
    void factsAreThoseOfDeviceKeyAndNameplate() throws Exception {
        assertThat(acceptor().facts().device()).isEqualTo(device.id());
        assertThat(acceptor().facts().model()).isEqualTo(MODEL);

        Files.writeString(unit.nameplate(), "{");
        refused(UpdateCode.STATE_UNREADABLE, "trust/unit.json", () -> acceptor().facts());
    }

    @Test
    void anAnchorThatIsMissingOrNoFileRefuses() throws Exception {
        Files.delete(unit.directorAnchor());
        refused(UpdateCode.STATE_UNREADABLE, "is missing or too long", () -> accept(source()));

        Files.createDirectory(unit.directorAnchor());
        refused(UpdateCode.STATE_UNREADABLE, "cannot be read", () -> accept(source()));
    }

    @Test
    void whatIsReadHasABound() throws Exception {
        Path file = Files.write(work.resolve("file"), new byte[MOST_BYTES]);
        assertThat(Acceptor.read(file)).hasSize(MOST_BYTES);

        Files.write(file, new byte[MOST_BYTES + 1]);
        refused(UpdateCode.STATE_UNREADABLE, "is missing or too long", () -> Acceptor.read(file));
    }

    private void assign(String to) throws IOException {
        director.assign(
                new AssignmentDraft(to, MODEL, List.of(Assigned.of(release, 1)), Map.of()),
                List.of(signer),
                Lifetimes.DEFAULT,
                now);
    }

    private Acceptance.Accepted accept(UpdateSource source) throws Stopped {
        return acceptor().accept(source, Carrier.NETWORK, CONFIRMED, now, claims::add);
    }

    private Acceptance.Accepted tryOut(UpdateSource source) throws Stopped {
        return acceptor().tryOut(source, Carrier.NETWORK, CONFIRMED, now);
    }

    private Acceptor acceptor() {
        return acceptor(name -> Optional.of(device).filter(any -> name.equals(Keys.DEVICE)));
    }

    private Acceptor acceptor(KeyQuestion question) {
        return new Acceptor(around(Optional.of(keys(question))));
    }

    /** Of the keys nothing but this one question is asked. */
    private static Keys keys(KeyQuestion question) {
        return (Keys) Proxy.newProxyInstance(
                Keys.class.getClassLoader(),
                new Class<?>[] {Keys.class},
                (self, method, arguments) -> question.ask((String) arguments[0]));
    }

    private Surroundings around(Optional<Keys> keys) {
        return new Surroundings(null, unit, null, new Services(keys), null, null, null, Clock.systemUTC());
    }

    private UpdateSource source() {
        return source(director.metadata(device.id()));
    }

    private UpdateSource source(MetadataSource assignments) {
        return new UpdateSource() {

            @Override
            public String name() {
                return "test";
            }

            @Override
            public Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException {
                return releases.metadata().fetch(file, maxBytes);
            }

            @Override
            public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
                return assignments.fetch(file, maxBytes);
            }

            @Override
            public SourceFile open(String sha256, long offset) throws IOException {
                throw new NoSuchFileException(sha256);
            }
        };
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> files = new HashMap<>();
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    private static void refused(UpdateCode code, String detail, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.reason().code()).isEqualTo(code.name());
            assertThat(stopped.reason().detail()).contains(detail);
        });
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
    }

    private record Services(Optional<Keys> keys) implements Capabilities {

        @Override
        public Optional<AuditLog> audit() {
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
}
