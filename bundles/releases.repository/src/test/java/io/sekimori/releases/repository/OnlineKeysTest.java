package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.control.ControlAnswer;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Mandate;
import io.sekimori.trust.MandateVerifier;
import io.sekimori.trust.MetadataDirectory;
import io.sekimori.trust.OnlineDirector;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.TimeStatement;
import io.sekimori.trust.TimeVerifier;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.TufKey;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** What a console signs with by itself is replaced: by roots that people sign, and a gateway follows them. */
class OnlineKeysTest {

    private static final String RITA = "person:rita";
    private static final String ROOT = "local:root";
    private static final String GATEWAY = "g-aaaaaaaaaaaa";
    private static final String DEVICE = Console.device(1);

    @TempDir
    private Path work;

    private Console console;
    private Records records;
    private SignedReleases releases;
    private OnlineKeys keys;
    private UpdateVerifier gateway;

    @OnBothDatabases
    void fromTheftToAGatewayThatTakesTheNewKeysAlone(Consoles consoles) throws Exception {
        begin(consoles);
        OnlineDirector thief = thief();
        byte[] timestamp = metadata(MetadataRows.RELEASE, "timestamp.json").orElseThrow();
        Assignment ours = accepted(assigned());
        accepted(signed(thief, ours, 4_000_000_000L)); // it may, and pushes the number far ahead
        assertThat(verdict(assigned())).contains("ASSIGNMENT_ROLLBACK");

        TufKey next = keys.create("online-2", KeyType.ED25519, ROOT).key();
        refused(() -> keys.remove("online", ROOT), "KEY_NEEDED");
        bringRoots(RoleKeys.of(1, next));

        // Nothing was assigned since, and yet it follows: with both roots, and past what was pushed ahead.
        Assignment again = accepted(assigned());
        assertThat(again.version()).isEqualTo(ours.version() + 1);
        assertThat(again.items()).isEqualTo(ours.items());
        assertThat(SignedAssignment.read(assigned()).assignment().version()).isEqualTo(again.version());

        assertThat(verdict(signed(thief, ours, 5_000_000_000L))).contains("ASSIGNMENT_SIGNATURES");
        assertThat(verdict(assigned(), timestamp)).contains("TIMESTAMP_SIGNATURES");
        assertRefused(() -> mandates().verify(mandated(thief), GATEWAY, DEVICE, console.time.now), "MANDATE_SIGNATURE");
        assertRefused(() -> said(thief), "TIME_SIGNATURE");
        assertThat(said(director())).isEqualTo(console.time.now);
        assertThat(mandates()
                        .verify(mandated(director()), GATEWAY, DEVICE, console.time.now)
                        .action())
                .isEqualTo("settings");
    }

    /** A pack was signed for long just before; the next one goes out beside the new root. */
    @OnBothDatabases
    void theNextPackIsSignedByWhomItsRootNames(Consoles consoles) throws Exception {
        begin(consoles);
        Packing packing = new Packing(new Tables(() -> records), () -> console.settings, console.time);
        long packed = packing.ready(packing.look(DEVICE)).version();
        accepted(assigned());
        assertThat(packing.ready(packing.look(DEVICE)).version()).isEqualTo(packed);

        bringRoots(RoleKeys.of(1, keys.create("online-2", KeyType.ED25519, ROOT).key()));

        assertThat(packing.ready(packing.look(DEVICE)).version()).isEqualTo(packed + 1);
        byte[] inPack = packing.look(DEVICE).director().get("targets.json");
        assertThat(accepted(inPack).version()).isEqualTo(packed + 1);
    }

    @OnBothDatabases
    void whatIsNoLongerNeededGoesAndTheConsoleSignsOn(Consoles consoles) throws Exception {
        begin(consoles);
        KeysOperation operation = new KeysOperation(keys);
        ControlAnswer.Done made = (ControlAnswer.Done)
                operation.answer(Map.of("what", "new", "name", "online-2", "type", "ed25519"), "root");
        bringRoots(RoleKeys.of(
                1, console.settings.place().keysByName().get("online-2").publicKey()));
        assertThat((Object) made.members().get("roles")).isEqualTo(List.of());
        assertThat(keys.list())
                .extracting(key -> key.name() + " " + key.roles())
                .containsExactly("online []", "online-2 [director, snapshot, timestamp]");

        assertThat(operation.answer(Map.of("what", "remove", "name", "online"), "root"))
                .isInstanceOf(ControlAnswer.Done.class);

        assertThat(console.settings.place().key("online")).doesNotExist();
        console.time.pass(Duration.ofDays(20));
        assertThat(releases.renewal().renew()).isTrue();
        accepted(assigned());
        assertThat(operation.answer(Map.of("what", "remove", "name", "online"), "root"))
                .isEqualTo(new ControlAnswer.Refused("KEY_UNKNOWN", "online"));
        assertThat(operation.answer(Map.of("what", "new", "name", "../x", "type", "ed25519"), "root"))
                .isEqualTo(new ControlAnswer.Refused("KEY_NAME", "../x"));
        assertThat(operation.answer(Map.of("what", "new", "name", "online-2", "type", "ed25519"), "root"))
                .isEqualTo(new ControlAnswer.Refused("KEY_EXISTS", "online-2"));
        assertThat(operation.answer(Map.of("what", "new", "name", "x", "type", "rsa"), "root"))
                .isEqualTo(new ControlAnswer.Refused("KEY_TYPE", "rsa"));
        assertThat(operation.answer(Map.of("what", "new"), "root")).isInstanceOf(ControlAnswer.Refused.class);
        assertThat(operation.answer(Map.of(), "root"))
                .isEqualTo(new ControlAnswer.Refused("CHANGE_MALFORMED", "list, new or remove"));
        assertThat(console.audited)
                .extracting(
                        entry -> entry.actor() + " " + entry.action() + " " + entry.subject() + " " + entry.verdict())
                .contains(
                        "local:root releases.keys.new key online-2 " + Verdict.ALLOWED,
                        "local:root releases.keys.remove key online " + Verdict.ALLOWED,
                        "local:root releases.keys.remove key online " + Verdict.REFUSED);
        Files.writeString(console.settings.place().key("broken"), "no key");
        assertThat(((ControlAnswer.Refused) operation.answer(Map.of("what", "list"), "root")).code())
                .isEqualTo("KEYS_UNUSABLE");
    }

    @OnBothDatabases
    void everyOnlineRoleCanNeedBothKinds(Consoles consoles) throws Exception {
        begin(consoles);
        OnlineDirector thief = thief();
        Assignment ours = accepted(assigned());
        TufKey quantum = keys.create("quantum", KeyType.ML_DSA_65, ROOT).key();
        // A key of the other kind that no root names disturbs nobody.
        director();
        accepted(assigned());

        bringRoots(RoleKeys.of(2, console.online.publicKey(), quantum));

        Assignment hybrid = accepted(assigned());
        assertThat(hybrid.version()).isEqualTo(ours.version() + 1);
        assertThat(verdict(signed(thief, ours, hybrid.version() + 1))).contains("ASSIGNMENT_SIGNATURES");
        assertThat(mandates()
                        .verify(mandated(director()), GATEWAY, DEVICE, console.time.now)
                        .action())
                .isEqualTo("settings");
        assertRefused(() -> mandates().verify(mandated(thief), GATEWAY, DEVICE, console.time.now), "MANDATE_SIGNATURE");
        assertThat(said(director())).isEqualTo(console.time.now);
        refused(() -> keys.remove("quantum", ROOT), "KEY_NEEDED");
        console.time.pass(Duration.ofDays(20));
        assertThat(releases.renewal().renew()).isTrue();
        accepted(assigned());
    }

    /** Also a console that lacks them takes the root: a later one may name others. Its health says what is missing. */
    @OnBothDatabases
    void aRootWithoutItsKeysAtHandIsTakenAndHealthSaysSo(Consoles consoles) throws Exception {
        begin(consoles);
        Path elsewhere = work.resolve("elsewhere.key");
        TufKey next = KeyFile.create(elsewhere).publicKey();

        bringRoots(RoleKeys.of(1, next));

        String id = next.keyId().substring(0, 16);
        assertThat(releases.renewal().look().problem())
                .startsWith(
                        "ONLINE_KEYS_MISSING: this console: director needs 1 more of the keys [" + id + "], by root 2")
                .contains("snapshot needs 1 more", "timestamp needs 1 more");
        Files.move(elsewhere, console.settings.place().key("next"));
        assertThat(releases.renewal().look().problem()).isEmpty();
        accepted(assigned());
    }

    /** What only tells who lacks which keys comes after the signing, which gateways need in time. */
    @OnBothDatabases
    void whatCannotBeToldOfKeysKeepsNobodyFromSigning(Consoles consoles) throws Exception {
        begin(consoles);
        Path id = console.settings.place().folder().resolve("console.id");
        Files.deleteIfExists(id);
        Files.createDirectory(id); // so nobody can tell which console this is
        console.time.pass(Duration.ofDays(20));

        assertThat(releases.renewal().look().problem()).isNotEmpty();

        assertThat(releases.renewal().renew())
                .as("something was left to be signed")
                .isFalse();
        accepted(assigned());
    }

    /** Two consoles share the records, and the roots name a new key of one of them alone. */
    @OnBothDatabases
    void theHealthOfEachNamesWhichConsoleLacksWhichKeysForWhat(Consoles consoles) throws Exception {
        begin(consoles);
        Files.createDirectories(work.resolve("second/anchors"));
        Settings second = new Settings(
                new Place(work.resolve("second"), console.settings.place().files()), console.settings.lifetimes());
        Files.copy(
                console.settings.place().folder().resolve("anchors/release.json"),
                work.resolve("second/anchors/release.json"));
        Files.copy(
                console.settings.place().folder().resolve("anchors/director.json"),
                work.resolve("second/anchors/director.json"));
        Files.createDirectories(work.resolve("second/keys"));
        KeyFile.create(work.resolve("second/keys/b-1.key"));
        Repositories others = new Repositories(new Tables(() -> records), () -> second);
        MissingKeys other = new MissingKeys(others, () -> second, console.time);
        TufKey director = keys.create("online-2", KeyType.ED25519, ROOT).key();
        bringRoots(RoleKeys.of(1, director));

        assertThat(other.found().here())
                .hasSize(3)
                .allMatch(line -> line.contains(
                        "needs 1 more of the keys [" + director.keyId().substring(0, 16) + "], by root 2"));
        ReleasesHealth health = new ReleasesHealth(releases.renewal(), console.time);
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(health.execute().toString()).contains("keys are missing at console", "director needs 1 more");

        Files.copy(console.settings.place().key("online-2"), work.resolve("second/keys/online-2.key"));
        assertThat(other.found().here()).isEmpty();
        assertThat(other.found().elsewhere()).isEmpty();
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);

        Files.delete(work.resolve("second/keys/online-2.key"));
        other.found();
        console.time.pass(Duration.ofHours(4)); // it is gone, and nobody is asked for its keys
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @OnBothDatabases
    void aConsoleWithoutTheKeysAsksOnceAMinuteAndSaysItOnce(Consoles consoles) throws Exception {
        begin(consoles);
        byte[] before = assigned();
        Path elsewhere = work.resolve("elsewhere.key");
        bringRoots(RoleKeys.of(1, KeyFile.create(elsewhere).publicKey()));
        AtomicInteger writes = new AtomicInteger();
        List<String> logged = new ArrayList<>();
        FreshAssignments fresh = fresh(counting(writes), logger(logged));

        for (int poll = 0; poll < 5; poll++) {
            assertThat(document(fresh)).isEqualTo(before);
            console.time.pass(Duration.ofSeconds(30));
        }
        assertThat(writes).hasValue(0);
        assertThat(logged).containsExactly("error");

        Files.move(elsewhere, console.settings.place().key("next"));
        console.time.pass(Duration.ofMinutes(1));
        assertThat(releases.renewal().look().problem()).isEmpty();
        accepted(document(fresh));
        assertThat(writes).hasValue(1);
        assertThat(logged).hasSize(1);
    }

    private Records counting(AtomicInteger writes) {
        return schema -> {
            Database real = records.open(schema);
            return (Database) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("write")) {
                            writes.incrementAndGet();
                        }
                        return method.invoke(real, arguments);
                    });
        };
    }

    private Logger logger(List<String> logged) {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    logged.add(method.getName());
                    return null;
                });
    }

    private void begin(Consoles consoles) throws Exception {
        console = new Console(work, consoles.unit());
        records = consoles.console();
        releases = console.releases(records);
        keys = releases.onlineKeys();
        console.product();
        console.bring(releases);
        console.director(records)
                .assign(
                        List.of(new Order(DEVICE, Console.MODEL, console.report(DEVICE, 1), Changes.NONE)),
                        "person:otto");
        gateway = new UpdateVerifier(work.resolve("state"), console.offline.anchor(), console.offlineDirector.anchor());
    }

    /** The next roots of both repositories: these keys for all that the console signs by itself. */
    private void bringRoots(RoleKeys next) throws Exception {
        Map<Role, RoleKeys> published = new EnumMap<>(console.offline.roles());
        published.put(Role.SNAPSHOT, next);
        published.put(Role.TIMESTAMP, next);
        console.offline.newRoot(published, List.of(console.root), Lifetimes.DEFAULT, console.time.now);
        Map<Role, RoleKeys> assigned = new EnumMap<>(console.offlineDirector.roles());
        assigned.put(Role.TARGETS, next);
        console.offlineDirector.stageRoot(assigned, Lifetimes.DEFAULT, console.time.now);
        console.offlineDirector.signRoot(List.of(console.root));
        console.offlineDirector.publishRoot(console.time.now);
        ImportAnswer taken = new ImportAnswer.Taken(true);
        assertThat(releases.importRoot(console.offline.files().get("2.root.json"), RITA))
                .isEqualTo(taken);
        assertThat(releases.importDirectorRoot(console.offlineDirector.roots().get("2.root.json"), RITA))
                .isEqualTo(taken);
    }

    /** Who has the console's key and all that is no secret, as it is now. */
    private OnlineDirector thief() throws IOException {
        Path copy = Files.createDirectories(work.resolve("thief"));
        Files.write(copy.resolve("1.root.json"), console.offlineDirector.anchor());
        return new OnlineDirector(new MetadataDirectory(copy));
    }

    private byte[] signed(OnlineDirector thief, Assignment like, long version) throws IOException {
        return thief.signer(List.of(console.online), Lifetimes.DEFAULT)
                .sign(
                        new AssignmentDraft(DEVICE, Console.MODEL, like.items(), like.configurations()),
                        version - 1,
                        console.time.now)
                .bytes();
    }

    private OnlineDirector director() throws Exception {
        return new OnlineDirector(new MetadataDirectory(work.resolve("director/metadata")));
    }

    private byte[] mandated(OnlineDirector director) throws IOException {
        return director.mandate(
                new Mandate(
                        "m-1",
                        RITA,
                        "settings",
                        GATEWAY,
                        DEVICE,
                        1,
                        console.time.now,
                        console.time.now.plusSeconds(60),
                        Map.of()),
                console.settings.place().keys());
    }

    private Instant said(OnlineDirector director) throws IOException {
        String nonce = "0".repeat(32);
        byte[] statement =
                director.time(console.settings.place().keys()).sign(new TimeStatement(nonce, console.time.now));
        return new TimeVerifier(work.resolve("state"), console.offlineDirector.anchor()).verify(statement, nonce);
    }

    private MandateVerifier mandates() throws IOException {
        return new MandateVerifier(work.resolve("state"), console.offlineDirector.anchor());
    }

    /** What the console gives the gateway when it asks. */
    private byte[] assigned() throws Exception {
        return document(fresh(records, Console.silent(Logger.class)));
    }

    private FreshAssignments fresh(Records from, Logger log) {
        Tables tables = new Tables(() -> from);
        Repositories repositories = new Repositories(tables, () -> console.settings);
        Signing signing = new Signing(repositories, () -> console.settings, console.time);
        return new FreshAssignments(
                tables, signing, new HeldBack(tables, repositories, console.time, log), console.time, log);
    }

    private static byte[] document(FreshAssignments fresh) throws Exception {
        return fresh.of(DEVICE).orElseThrow().document().getBytes(StandardCharsets.UTF_8);
    }

    private Assignment accepted(byte[] document) {
        Acceptance answer = judged(document, Optional.empty());
        assertThat(answer).isInstanceOf(Acceptance.Accepted.class);
        return ((Acceptance.Accepted) answer).assignment();
    }

    private String verdict(byte[] document) {
        return judged(document, Optional.empty()).toString();
    }

    private String verdict(byte[] document, byte[] timestamp) {
        return judged(document, Optional.of(timestamp)).toString();
    }

    private Acceptance judged(byte[] document, Optional<byte[]> timestamp) {
        return gateway.verify(
                (name, most) -> name.equals("timestamp.json") && timestamp.isPresent()
                        ? timestamp
                        : metadata(MetadataRows.RELEASE, name),
                (name, most) ->
                        name.equals("targets.json") ? Optional.of(document) : metadata(MetadataRows.DIRECTOR, name),
                new UnitFacts(DEVICE, Console.MODEL),
                Map.of(),
                console.time.now);
    }

    private Optional<byte[]> metadata(String repository, String name) {
        try {
            return new Tables(() -> records).read(connection -> MetadataRows.one(connection, repository, name));
        } catch (ReleasesException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void refused(Step step, String code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertRefused(Step step, String code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        TrustException.class,
                        e -> assertThat(e.refusal().code().name()).isEqualTo(code));
    }
}
