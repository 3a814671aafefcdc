package io.sekimori.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Mandate;
import io.sekimori.update.Forgeries.Forgery;
import io.sekimori.update.TimeReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console reads and changes, who it must be, and the way back. */
class SettingsApplicationTest {

    private static final Duration LONG = Duration.ofSeconds(61);

    @TempDir
    private Path folder;

    private Lab lab;
    private SettingsApplication application;

    @BeforeEach
    void start() throws Exception {
        lab = new Lab(folder);
        application = lab.start();
        application.begin();
    }

    @AfterEach
    void end() {
        application.end();
    }

    @Test
    void itShowsWhatIsSetAndOfAPasswordOnlyThatItIs() throws Exception {
        lab.configurations.values.put("b", Map.of("pass", "hunter2"));

        Map<String, ?> sets = Lab.get(application, "sets");

        String text = sets.toString();
        assertThat(text).contains("value=old", "default=default", "ja a", "secret=true", "set=true", "set=false");
        assertThat(text).doesNotContain("hunter2");
        assertThat((String) sets.get("version")).hasSize(16);
    }

    @Test
    void aChangeIsConfirmedWithTheChallengeThatComesAfterItSettled() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));

        Reply taken = Lab.put(application, "change", lab.signed(mandate));

        assertThat(taken.code()).isEqualTo(200);
        assertThat(taken.metrics()).containsEntry("job.id", mandate.id()).containsEntry("operation.id", mandate.id());
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "new");
        assertThat(Lab.get(application, "changes", mandate.id()).get("challenge"))
                .isEqualTo("");
        lab.now = lab.now.plus(Lab.SETTLING);
        String challenge =
                (String) Lab.get(application, "changes", mandate.id()).get("challenge");
        assertThat(challenge).isNotEmpty();
        assertThat(confirm(mandate.id(), "guessed").code()).isEqualTo(409);
        assertThat(confirm("c-0", challenge).code()).isEqualTo(409);

        assertThat(confirm(mandate.id(), challenge).code()).isEqualTo(200);

        assertThat(Lab.get(application, "changes", mandate.id()).get("state")).isEqualTo("CONFIRMED");
        lab.now = lab.now.plus(LONG);
        application.begin();
        assertThat(confirm(mandate.id(), challenge).metrics()).containsValue("NOTHING_TO_CONFIRM");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "new");
        assertThat(lab.configurations.snapshots).isEmpty();
        assertThat(lab.audited)
                .anyMatch(entry -> entry.startsWith("person:alice 192.0.2.7 settings.change ALLOWED  "))
                .anyMatch(entry -> entry.startsWith("person:alice 192.0.2.7 settings.change DONE  "));
    }

    @Test
    void withoutTheConsolesWordTheFormerValuesComeBack() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Lab.put(application, "change", lab.signed(mandate));

        lab.now = lab.now.plus(LONG);

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
        assertThat(Lab.get(application, "changes", mandate.id()).get("code")).isEqualTo("CONSOLE_NOT_REACHED");
        await(() ->
                lab.audited.stream().anyMatch(entry -> entry.contains("settings.change FAILED CONSOLE_NOT_REACHED")));
    }

    @Test
    void aTrialGoesOnAfterAPowerCut() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Lab.put(application, "change", lab.signed(mandate));
        application.end();

        application = lab.start();
        application.begin();
        assertThat(state(mandate)).isEqualTo("ON_TRIAL");
        lab.now = lab.now.plus(LONG);

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    @Test
    void aTrialThatTheVersionBeforeBeginsWhileItGoesIsLookedAfter() throws Exception {
        SettingsApplication before = application;
        application = lab.start();
        application.begin();
        before.end();
        before.configurations = null; // as Declarative Services leave it
        before.identity = null;
        before.audit = null;
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));

        assertThat(Lab.put(before, "change", lab.signed(mandate)).code()).isEqualTo(200);
        lab.now = lab.now.plus(LONG);

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    @Test
    void aTrialIsOverIfTheClockIsLostWithThePower() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Lab.put(application, "change", lab.signed(mandate));
        application.end();
        lab.now = Instant.EPOCH;

        application = lab.start();
        application.begin();

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    @Test
    void aPowerCutWithinAChangeTakesItBack() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Path book = lab.unit.data("io.sekimori.settings").resolve("book.json");
        byte[][] atTheCut = new byte[1][];
        lab.configurations.afterChange = () -> atTheCut[0] = bytes(book);
        Lab.put(application, "change", lab.signed(mandate));
        application.end();
        // What was on disk when the power went.
        Files.write(book, atTheCut[0]);

        application = lab.start();
        application.begin();

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(Lab.get(application, "changes", mandate.id()).get("code")).isEqualTo("INTERRUPTED");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    @Test
    void whatSomebodyOnSiteSetDuringATrialStaysWhenTheRestGoesBack() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wishOfTwo(1));
        Lab.put(application, "change", lab.signed(mandate));
        lab.configurations.onSite("b", "off");
        lab.now = lab.now.plus(LONG);

        await(() -> state(mandate).equals("REVERTED"));
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
        assertThat(lab.configurations.values.get("b")).containsEntry("host", "off");
    }

    /** Before a power cut, or between the way back and the change. */
    @Test
    void whatSomebodyOnSiteSetJustThenStaysWhenAChangeIsRefused() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wishOfTwo(9));
        lab.configurations.afterSnapshot = () -> lab.configurations.onSite("b", "off");

        assertThat(Lab.put(application, "change", lab.signed(mandate)).code()).isEqualTo(422);

        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
        assertThat(lab.configurations.values.get("b")).containsEntry("host", "off");
    }

    @Test
    void aWayBackThatFailsIsTriedAgain() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Lab.put(application, "change", lab.signed(mandate));
        lab.configurations.restores = false;
        lab.now = lab.now.plus(LONG);
        assertThat(state(mandate)).isEqualTo("ON_TRIAL");

        lab.configurations.restores = true;

        await(() -> state(mandate).equals("REVERTED"));
    }

    @Test
    void aChangeThatIsRefusedHalfWayLeavesNothing() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wishOfTwo(9));

        Reply reply = Lab.put(application, "change", lab.signed(mandate));

        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.metrics()).containsEntry(Reply.REASON, "VERSION_STALE");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
        assertThat(state(mandate)).isEqualTo("REFUSED");
    }

    @Test
    void whoeverIsNotTheDirectorOrMeansAnotherGatewayIsRefused() throws Exception {
        Map<String, Object> wish = Lab.wish("a", 3, Map.of("host", "new"));

        assertThat(refusal(lab.signed(lab.mandate("settings.change", "g-bbbbbbbbbbbb", wish))))
                .isEqualTo("403 MANDATE_OTHER_UNIT");
        assertThat(refusal(lab.signed(lab.mandate("settings.confirm", wish)))).isEqualTo("403 MANDATE_OTHER_ACTION");
        byte[] good = lab.signed(lab.mandate("settings.change", wish));
        byte[] changed = new String(good, StandardCharsets.UTF_8)
                .replace("\"new\"", "\"evil\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(changed)).isEqualTo("403 MANDATE_SIGNATURE");
        assertThat(refusal(new byte[] {'{', '}'})).isEqualTo("403 MANDATE_MALFORMED");
        assertThat(refusal(new byte[Mandate.MAX_BYTES + 1])).isEqualTo("403 MANDATE_MALFORMED");
        byte[] late = lab.signed(lab.mandate("settings.change", wish));
        lab.now = lab.now.plus(Duration.ofMinutes(6));
        assertThat(refusal(late)).isEqualTo("403 MANDATE_EXPIRED");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
        assertThat(lab.audited).isEmpty();
    }

    @Test
    void aMandateEndsByTheTrustedTimeAndNotByTheClock() throws Exception {
        byte[] mandate = lab.signed(lab.mandate("settings.change", Map.of()));
        Instant made = lab.now;
        lab.now = Instant.EPOCH;

        application.time = () -> new TimeReading(
                made.plus(Duration.ofMinutes(6)), TimeReading.Source.CONSOLE, made, Instant.EPOCH, made);
        assertThat(refusal(mandate)).isEqualTo("403 MANDATE_EXPIRED");

        application.time = () -> new TimeReading(
                Instant.EPOCH, TimeReading.Source.NONE, made.plus(Duration.ofDays(1)), Instant.EPOCH, Instant.EPOCH);
        assertThat(refusal(mandate)).isEqualTo("403 MANDATE_EXPIRED");
    }

    @Test
    void aMandateCountsOnceEvenAfterAPowerCut() throws Exception {
        byte[] older = lab.signed(lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "older"))));
        byte[] first = lab.signed(lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "x"))));
        byte[] refused = lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))));
        assertThat(refusal(refused)).isEqualTo("422 PID_UNKNOWN");
        application.end();
        application = lab.start();

        assertThat(refusal(refused)).isEqualTo("409 MANDATE_REPLAYED");
        assertThat(refusal(first)).isEqualTo("409 MANDATE_REPLAYED");
        assertThat(refusal(older)).isEqualTo("409 MANDATE_REPLAYED");
    }

    /** Who had the director's key counted as far as it goes. */
    @Test
    void otherKeysOfTheDirectorCountAnew() throws Exception {
        lab.countFrom(Long.MAX_VALUE - 1);
        byte[] stolen = lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))));
        assertThat(refusal(stolen)).isEqualTo("422 PID_UNKNOWN");
        lab.countFrom(200);
        assertThat(refusal(lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))))))
                .isEqualTo("409 MANDATE_REPLAYED");

        lab.replaceDirectorKey();
        byte[] next = lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))));

        assertThat(refusal(stolen)).isEqualTo("403 MANDATE_SIGNATURE");
        assertThat(lab.forged).as("a key that was taken away").containsExactly(Forgery.MANDATE_SIGNATURE);
        assertThat(refusal(next)).isEqualTo("422 PID_UNKNOWN");
        application.end();
        application = lab.start();
        assertThat(refusal(next)).isEqualTo("409 MANDATE_REPLAYED");
        assertThat(refusal(lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))))))
                .isEqualTo("422 PID_UNKNOWN");
    }

    /** One of two keys is taken away. What the one that stays has signed was taken already, and is not taken once more. */
    @Test
    void whatWasTakenIsNotTakenAgainUnderTheNextRoot() throws Exception {
        KeyFile stays = KeyFile.create(folder.resolve("stays.key"));
        lab.follow(2, lab.directorKey, stays);
        byte[] byStays = lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "x"))), stays);
        Mandate both = lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "y")));
        assertThat(refusal(byStays)).isEqualTo("422 PID_UNKNOWN");
        assertThat(refusal(lab.signed(both, lab.directorKey))).isEqualTo("422 PID_UNKNOWN");

        lab.follow(3, stays);
        application.end();
        application = lab.start();

        assertThat(refusal(byStays)).isEqualTo("409 MANDATE_REPLAYED");
        assertThat(refusal(lab.signed(both, stays))).isEqualTo("409 MANDATE_REPLAYED");
        lab.countFrom(200);
        assertThat(refusal(lab.signed(lab.mandate("settings.change", Lab.wish("zz", 3, Map.of("host", "z"))), stays)))
                .isEqualTo("422 PID_UNKNOWN");
    }

    /** What somebody on site set is not taken back with a trial; whoever has the director's key must not pass for them. */
    @Test
    void nobodyFarAwayPassesForSomebodyOnSite() throws Exception {
        Mandate alices = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        Mandate forged = new Mandate(
                alices.id(),
                "site:alice",
                alices.action(),
                alices.gateway(),
                alices.device(),
                alices.counter(),
                alices.issued(),
                alices.expires(),
                alices.content());

        assertThat(refusal(lab.signed(forged))).isEqualTo("400 CHANGE_MALFORMED");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    /** A key that nobody has heard of may be that of a root which this gateway has yet to follow. */
    @Test
    void whatIsForgedIsCountedAndWhatMayBeAMistakeIsNot() throws Exception {
        KeyFile later = KeyFile.create(folder.resolve("later.key"));
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new")));
        String good = new String(lab.signed(mandate), StandardCharsets.UTF_8);
        assertThat(refusal(good.replace("alice", "mallory").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("403 MANDATE_SIGNATURE");
        assertThat(refusal(lab.signed(lab.mandate("settings.change", "g-bbbbbbbbbbbb", Map.of()))))
                .isEqualTo("403 MANDATE_OTHER_UNIT");
        assertThat(lab.forged).containsExactly(Forgery.MANDATE_SIGNATURE, Forgery.MANDATE_OTHER_UNIT);

        assertThat(refusal(good.replace(
                                lab.directorKey.publicKey().keyId(),
                                later.publicKey().keyId())
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("403 MANDATE_SIGNATURE");

        assertThat(lab.forged).hasSize(2);
    }

    @Test
    void oneChangeIsOnTrialAtATime() throws Exception {
        Lab.put(application, "change", lab.signed(lab.mandate("settings.change", Lab.wish("a", 3, Map.of()))));

        assertThat(refusal(lab.signed(lab.mandate("settings.change", Lab.wish("b", 1, Map.of())))))
                .isEqualTo("409 TRIAL_RUNNING");
    }

    @Test
    void aPasswordGoesInAndIsNowhereElse() throws Exception {
        Mandate mandate = lab.mandate("settings.change", Lab.wish("a", 3, Map.of("pass", Map.of("secret", "hunter2"))));

        Reply reply = Lab.put(application, "change", lab.signed(mandate));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(lab.configurations.values.get("a")).containsEntry("pass", "hunter2");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).doesNotContain("hunter2");
        assertThat(lab.audited.toString()).doesNotContain("hunter2");
        assertThat(Lab.get(application, "sets").toString()).doesNotContain("hunter2");
        try (Stream<Path> files = Files.walk(lab.unit.directory())) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> new String(bytes(file), StandardCharsets.ISO_8859_1).contains("hunter2"));
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        for (Map<String, Object> wish : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("reason", "", "trialSeconds", 60L, "changes", Map.of("a", Map.of())),
                Map.of("reason", "r", "trialSeconds", 5L, "changes", Map.of("a", Map.of())),
                Map.of("reason", "r", "trialSeconds", 60L, "changes", Map.of()),
                Map.of("reason", "r", "trialSeconds", 60L, "changes", Map.of("a", "b")))) {
            assertThat(refusal(lab.signed(lab.mandate("settings.change", wish))))
                    .as(wish.toString())
                    .isEqualTo("400 CHANGE_MALFORMED");
        }
        assertThat(refusal(lab.signed(lab.mandate("settings.change", Lab.wish("a", 3, Map.of("nope", "x"))))))
                .isEqualTo("422 ATTRIBUTE_UNKNOWN");
        assertThat(Lab.get(application, "nothing").get(Reply.REASON)).isEqualTo("RESOURCE_UNKNOWN");
        assertThat(Lab.get(application, "changes", "c-9").get(Reply.REASON)).isEqualTo("CHANGE_UNKNOWN");
        assertThat(application
                        .handle(new Request(Method.DEL, List.of("sets"), Map.of(), new byte[0], "console", "r"))
                        .code())
                .isEqualTo(404);
    }

    @Test
    void whatIsMissingRefuses() throws Exception {
        byte[] mandate = lab.signed(lab.mandate("settings.change", Lab.wish("a", 3, Map.of("host", "new"))));
        lab.audits = false;
        assertThat(refusal(mandate)).isEqualTo("503 SETTINGS_AUDIT_REFUSED");
        lab.audits = true;
        application.configurations = null;
        assertThat(refusal(mandate)).isEqualTo("503 PART_ABSENT");
        application.configurations = lab.configurations;
        Path book = lab.unit.data("io.sekimori.settings").resolve("book.json");
        Files.write(book, new byte[] {'{'});
        assertThat(refusal(mandate)).isEqualTo("503 TRIAL_UNWRITABLE");
        application.identity = null;
        assertThat(refusal(mandate)).isEqualTo("409 NOT_ENROLLED");
        assertThat(lab.configurations.values.get("a")).containsEntry("host", "old");
    }

    private String refusal(byte[] mandate) {
        Reply reply = Lab.put(application, "change", mandate);
        return reply.code() + " " + reply.metrics().get(Reply.REASON);
    }

    private Reply confirm(String change, String challenge) throws Exception {
        return Lab.put(
                application,
                "confirm",
                lab.signed(lab.mandate("settings.confirm", Map.of("change", change, "challenge", challenge))));
    }

    private String state(Mandate mandate) {
        try {
            return String.valueOf(Lab.get(application, "changes", mandate.id()).get("state"));
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("what was waited for did not happen");
            }
            Thread.onSpinWait();
        }
    }
}
