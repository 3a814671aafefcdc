package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotMemory;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.SlotRights;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.JarPublisher;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.Standing;
import io.sekimori.trust.Vouching;
import io.sekimori.trust.Withdrawal;
import io.sekimori.trust.Withdrawals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks the helper owns the unit's store, generations and run folder, and may be hostile. */
class SlotIntakeTest {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);

    @TempDir
    private static Path workshop;

    private static TestUnit made;
    private static String old;
    private static String slot;
    // Of nobody: its key is gone.
    private static final String ACME = """
            -----BEGIN CERTIFICATE-----
            MIIBdTCCARugAwIBAgIUb9Pn9yCvcEuTQs8rZc5nTMcAUxQwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEQWNtZTAgFw0yNjExMjIyMDM4MzlaGA8yMTI2MTAyOTIwMzgz
            OVowDzENMAsGA1UEAwwEQWNtZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIdd
            MpywbFCj2axYdRZFMm2FIrHDU3TSwSMgnk2ToWesFDzu8H6pYLOPyhHW0ysJV2qA
            NnJypivNdii+auQViyejUzBRMB0GA1UdDgQWBBSO9l/A2chNlQwC8fZ6v+0zsHU5
            HzAfBgNVHSMEGDAWgBSO9l/A2chNlQwC8fZ6v+0zsHU5HzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0gAMEUCIQDGVkX4NazjIC8XZXr0V4vO6SJqZ/LjQYa+
            4QMFuzqnYwIgSu36nJmJguxLNoQqxOUcWWaB0biRC2VMGkIpAeZUBpI=
            -----END CERTIFICATE-----
            """;

    private static String slotThatRaisesTheFloor;
    private static String slotWithJava;
    private static String nextSlotWithJava;
    private static String slotWithoutJava;
    private static JarPublisher publisher;
    private static String slotOfPublisher;

    @TempDir
    private Path work;

    private Unit unit;

    // Signing is slow; what is signed once serves every test.
    @BeforeAll
    static void stagedGenerationsWhoseSlotsAreNotThere() throws Exception {
        made = TestUnit.create(workshop);
        old = made.generation(1, ONE).slot();
        made.confirm(1);
        slot = stage(2, "0.2.0");
        made.raiseFloors();
        slotThatRaisesTheFloor = stage(3, "0.3.0");
        slotWithJava = stageWithJava(4, "0.4.0");
        nextSlotWithJava = stageWithJava(5, "0.5.0");
        slotWithoutJava = stage(6, "0.6.0");
        publisher = JarPublisher.make(workshop.resolve("acme.p12"));
        Path launcher = TestBundle.of("io.sekimori.launcher", "0.7.0")
                .entry("text", new byte[10])
                .write(workshop.resolve("slot-jars-7"));
        publisher.sign(launcher);
        slotOfPublisher = staged(7, made.useSlot(Map.of("io.sekimori.launcher", launcher), "0.7.0"));
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        Path from = made.unit().directory();
        unit = new Unit(work.resolve("unit"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, unit.directory().resolve(from.relativize(file)));
            }
        }
        TestUnit.closeToOthers(unit.directory());
        ask(2);
    }

    @Test
    void aSignedSlotAppearsWholeAndForAllToRead() throws Exception {
        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(answer()).isEqualTo(SlotAnswer.installed("r-2", slot));
        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
        try (Stream<Path> files = Files.walk(unit.slot(slot))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--");
            }
        }
        assertThat(unit.slotHelper().resolve("new")).doesNotExist();
    }

    @Test
    void askedAgainItChangesNothing() throws Exception {
        run();
        FileTime written = Files.getLastModifiedTime(unit.slot(slot).resolve("slot.json"));

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(Files.getLastModifiedTime(unit.slot(slot).resolve("slot.json")))
                .isEqualTo(written);
    }

    @Test
    void otherBytesThanSignedAreRefused() throws Exception {
        Path jar = unit.store().path(newJar());
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);

        refused("TARGET_HASH");
        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);
    }

    @Test
    void aFileThatIsLongerThanSignedIsNotReadToItsEnd() throws Exception {
        Path jar = unit.store().path(newJar());
        Files.write(jar, new byte[1 << 20]);

        refused("TARGET_LENGTH");
    }

    @Test
    void aFileThatIsMissingIsRefused() throws Exception {
        Files.delete(unit.store().path(newJar()));

        refused("FILE_MISSING");
    }

    @Test
    void aJarThatAnotherSlotHasNeedNotBeBroughtAgain() throws Exception {
        Path common = unit.slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar");
        Files.delete(unit.store().path(Sha256.hex(common)));

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(unit.slot(slot).resolve("lib/io.sekimori.trust-0.2.0.jar")).hasSameBinaryContentAs(common);
    }

    @Test
    void aFileThatIsALinkIsNotFollowed() throws Exception {
        Path jar = unit.store().path(newJar());
        Path elsewhere = Files.move(jar, work.resolve("elsewhere"));
        Files.createSymbolicLink(jar, elsewhere);

        refused("SLOT_UNWRITABLE");
    }

    @Test
    void aFolderThatIsALinkIsNotFollowed() throws Exception {
        Path elsewhere = Files.move(unit.generation(2), work.resolve("elsewhere"));
        Files.createSymbolicLink(unit.generation(2), elsewhere);

        refused("EVIDENCE_UNREADABLE");
    }

    @Test
    void aRequestThatIsAPipeIsNotWaitedFor() throws Exception {
        Files.delete(unit.slotRequestFile());
        new ProcessBuilder("mkfifo", unit.slotRequestFile().toString()).start().waitFor();

        refused("SLOT_REQUEST_UNREADABLE");
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() throws Exception {
        Files.writeString(unit.slotRequestFile(), "{\"format\": 1, \"id\": \"../..\", \"generation\": 2}");

        refused("SLOT_REQUEST_UNREADABLE");
    }

    @Test
    void whatNobodySignedIsRefused() throws Exception {
        Path targets = unit.evidence(2).resolve("director").resolve("targets.json");
        Files.writeString(targets, Files.readString(targets).replace("0.2.0", "0.3.0"));

        refused("ASSIGNMENT_SIGNATURES");
    }

    @Test
    void whatWasSignedForAnotherModelIsRefused() throws Exception {
        Files.write(unit.nameplate(), new Nameplate("another", "T-1").bytes());

        refused("MODEL_DIFFERS");
    }

    @Test
    void whatPeopleHaveToApproveIsNotBroughtInWithoutThem() throws Exception {
        Signer manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        ApprovalPolicy policy = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("release-manager", RoleKeys.of(1, manager.publicKey()))),
                Approval.LONGEST);
        Files.write(unit.trust().resolve("approvals.json"), policy.bytes());

        refused("APPROVALS_MISSING");
    }

    @Test
    void whatPeopleApprovedIsBroughtIn() throws Exception {
        Signer manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        ApprovalPolicy policy = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("release-manager", RoleKeys.of(1, manager.publicKey()))),
                Approval.LONGEST);
        Files.write(unit.trust().resolve("approvals.json"), policy.bytes());
        Files.write(unit.evidence(2).resolve(Approvals.FILE), approved(manager));

        assertThat(run()).isEqualTo(ExitCode.OK);
    }

    /** The approvals are frozen with the generation; the gateway has heard of the withdrawal since. */
    @Test
    void whatWasTakenBackSinceIsNotBroughtIn() throws Exception {
        SigningKey manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        ApprovalPolicy policy = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("release-manager", RoleKeys.of(1, manager.publicKey()))),
                Approval.LONGEST);
        Files.write(unit.trust().resolve("approvals.json"), policy.bytes());
        byte[] file = approved(manager);
        Files.write(unit.evidence(2).resolve(Approvals.FILE), file);
        Approval given = Approvals.parse(file).entries().get(0).approval();
        Approvals back = new Approvals(
                List.of(),
                List.of(SignedWithdrawal.sign(
                        new Withdrawal(given.content(), given.issued().plusSeconds(1)), List.of(manager))),
                0);
        Path heard = unit.data("io.sekimori.update.engine").resolve(Withdrawals.FILE);
        Files.createDirectories(heard.getParent());
        Files.write(heard, Withdrawals.NONE.with(policy, back).bytes());

        refused("APPROVALS_WITHDRAWN");
        Files.writeString(heard, "{");
        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);
        Files.write(heard, Withdrawals.NONE.bytes());
        assertThat(run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPolicyOfApprovalsThatCannotBeReadIsMetByNothing() throws Exception {
        Files.writeString(unit.trust().resolve("approvals.json"), "{");

        refused("APPROVAL_POLICY_BROKEN");
    }

    @Test
    void anOldLauncherDoesNotComeBackBelowTheFloorThatRootHasSeen() throws Exception {
        ask(3);
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(unit.slot(slotThatRaisesTheFloor)).exists();
        ask(2);

        refused("BELOW_FLOOR");
    }

    @Test
    void evidenceOfKeysThatWereReplacedIsRefused() throws Exception {
        Files.createDirectories(unit.slotHelper());
        new SlotMemory(unit).write(new Standing(2, 1, Map.of()));

        refused("SLOT_OLD_ROOT");
    }

    @Test
    void whatWasSeenIsNotForgottenWhenItsFileIsDamaged() throws Exception {
        Files.createDirectories(unit.slotHelper());
        Files.writeString(unit.slotHelper().resolve("standing.json"), "{");

        refused("SLOT_UNWRITABLE");
    }

    @Test
    void whatAKilledHelperLeftIsCleared() throws Exception {
        Files.createDirectories(unit.slotHelper().resolve("new/lib"));
        Files.writeString(unit.slotHelper().resolve("new/lib/half.jar"), "half");

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aJavaRuntimeIsUnpackedBesideTheLauncherItRuns() throws Exception {
        ask(4);

        assertThat(run()).isEqualTo(ExitCode.OK);

        Path folder = unit.slot(slotWithJava);
        assertThat(new GenerationVerifier(unit).verify(4)).isInstanceOf(Verification.Verified.class);
        assertThat(Slot.read(folder).java()).isEqualTo(folder.resolve("java").toString());
        assertThat(folder.resolve("java/bin/java")).isExecutable();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("java", "java.sha256", "lib", "slot.json");
        }
        assertThat(RuntimeFiles.differenceOf(folder)).isEmpty();
        assertThat(RuntimeFiles.read(folder).orElseThrow().digests().keySet())
                .containsExactly("java/bin/java", "java/lib/modules");
    }

    @Test
    void aJavaRuntimeThatIsDamagedInAnotherSlotIsUnpackedAgain() throws Exception {
        ask(4);
        run();
        Path damaged = unit.slot(slotWithJava).resolve("java/lib/modules");
        Files.write(damaged, new byte[999]);
        ask(5);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(RuntimeFiles.differenceOf(unit.slot(nextSlotWithJava))).isEmpty();
        assertThat(damaged).hasSize(999);
    }

    @Test
    void aJavaRuntimeThatIsGoneFromAnotherSlotIsUnpackedAgain() throws Exception {
        ask(4);
        run();
        Files.move(unit.slot(slotWithJava).resolve("java"), work.resolve("gone"));
        ask(5);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(RuntimeFiles.differenceOf(unit.slot(nextSlotWithJava))).isEmpty();
    }

    @Test
    void aJavaRuntimeThatIsDamagedIsPutRightInItsPlace() throws Exception {
        ask(4);
        run();
        Path folder = unit.slot(slotWithJava);
        flip(folder.resolve("java/lib/modules"));
        Files.delete(folder.resolve("java/bin/java"));
        Files.writeString(folder.resolve("java/lib/more"), "more");
        Files.writeString(folder.resolve("java.jsa"), "of the runtime as it was");
        Object other = Files.getAttribute(folder.resolve("slot.json"), "unix:ino");

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(Slot.isWhole(folder)).isTrue();
        assertThat(folder.resolve("java/bin/java")).isExecutable();
        assertThat(folder.resolve("java.jsa")).doesNotExist();
        assertThat(Files.getAttribute(folder.resolve("slot.json"), "unix:ino")).isEqualTo(other);
        assertThat(unit.slotHelper().resolve("new")).doesNotExist();
    }

    @Test
    void theSameJavaRuntimeIsNeitherBroughtNorUnpackedTwice() throws Exception {
        ask(4);
        run();
        Files.delete(unit.store().path(Sha256.hex(javaImage())));
        ask(5);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(Files.isSameFile(
                        unit.slot(slotWithJava).resolve("java/lib/modules"),
                        unit.slot(nextSlotWithJava).resolve("java/lib/modules")))
                .isTrue();
    }

    @Test
    void aSlotThatBringsNoJavaRuntimeStartsWithTheInstalledOne() throws Exception {
        String installed = Slot.read(unit.slot(old)).java();
        ask(4);
        run();
        ask(6);

        assertThat(runFrom(slotWithJava)).isEqualTo(ExitCode.OK);

        assertThat(Slot.read(unit.slot(slotWithoutJava)).java()).isEqualTo(installed);
    }

    @Test
    void aJavaRuntimeInPlaceOfAnotherMakesAnotherSlot() throws Exception {
        ask(4);
        run();
        Path facts = unit.slot(slotWithJava).resolve("slot.json");
        Files.writeString(facts, Files.readString(facts).replaceFirst("(javaRelease\" : \").{8}", "$100000000"));

        assertThat(new GenerationVerifier(unit).verify(4))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.refusal().code().name()).isEqualTo("SLOT_DIFFERS"));
    }

    @Test
    void aSlotThatIsDamagedIsPutRightInItsPlace() throws Exception {
        run();
        Path folder = unit.slot(slot);
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        flip(jar);
        Files.writeString(folder.resolve("lib/more.jar"), "would be on the class path");
        Files.writeString(folder.resolve("retired"), "");
        Object before = Files.getAttribute(folder, "unix:ino");

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(answer()).isEqualTo(SlotAnswer.installed("r-2", slot));
        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
        assertThat(Files.getAttribute(folder, "unix:ino")).isEqualTo(before);
        assertThat(folder.resolve("retired")).exists();
    }

    @Test
    void whatCannotBeReadOfASlotIsPutRight() throws Exception {
        run();
        Path folder = unit.slot(slot);
        Files.writeString(folder.resolve("slot.json"), "{");
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        Files.delete(jar);
        Files.createDirectories(jar.resolve("a folder in its place"));

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    /** The launcher at work is put right from what another slot has of it. */
    @Test
    void theSlotThatTheHelperRunsFromIsPutRightToo() throws Exception {
        run();
        flip(unit.slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar"));
        Files.delete(unit.store().path(Sha256.hex(unit.slot(slot).resolve("lib/io.sekimori.trust-0.2.0.jar"))));
        ask(1);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(Slot.isWhole(unit.slot(old))).isTrue();
    }

    /** Nothing that is there becomes worse. */
    @Test
    void aDamagedSlotOfWhichNothingVerifiedIsThereStaysAsItIs() throws Exception {
        run();
        Path jar = unit.slot(slot).resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        flip(jar);
        byte[] damaged = Files.readAllBytes(jar);
        Files.delete(unit.store().path(newJar()));

        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);

        assertThat(answer().code()).isEqualTo("FILE_MISSING");
        assertThat(jar).hasBinaryContent(damaged);
    }

    @Test
    void aLauncherBelowTheFloorIsRetiredWhenTheNextOneIsConfirmed() throws Exception {
        run();
        ask(3);
        run();
        assertThat(unit.slot(slot).resolve("retired")).doesNotExist();

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(unit.slot(slot).resolve("retired")).exists();
        assertThat(unit.slot(slotThatRaisesTheFloor).resolve("retired")).doesNotExist();
    }

    @Test
    void floorsRiseThoughTheSlotIsThere() throws Exception {
        ask(3);
        run();
        Files.delete(unit.slotStandingFile());

        run();

        assertThat(new SlotMemory(unit).read().floors().get("io.sekimori.launcher"))
                .isPositive();
    }

    @Test
    void aJarThatIsDamagedInAnotherSlotComesFromTheStore() throws Exception {
        Files.writeString(unit.slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar"), "damaged");
        Files.createDirectories(unit.slot("e".repeat(64)));

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aJarThatTheDiskCannotReadInAnotherSlotComesFromTheStore() throws Exception {
        Path jar = unit.slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar");
        Files.delete(jar);
        Files.createDirectory(jar); // it opens, and each read of it fails

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aFolderThatIsAPipeIsNotWaitedFor() throws Exception {
        Files.move(unit.evidence(2), work.resolve("elsewhere"));
        new ProcessBuilder("mkfifo", unit.evidence(2).toString()).start().waitFor();

        refused("EVIDENCE_UNREADABLE");
    }

    @Test
    void theOldestSlotThatNoGenerationNamesMakesRoom() throws Exception {
        Path oldest = slotOfNobody('a', 1);
        Path younger = slotOfNobody('b', 2);
        slotOfNobody('c', 3);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(oldest).doesNotExist();
        assertThat(younger).exists();
        assertThat(unit.slot(old)).exists();
        assertThat(unit.slot(slot)).exists();
    }

    @Test
    void slotsThatGenerationsNameStay() throws Exception {
        int number = 4;
        for (char digit : new char[] {'a', 'b', 'c'}) {
            slotOfNobody(digit, number);
            Path line = unit.generationSlotFile(number++);
            Files.createDirectories(line.getParent());
            Files.writeString(line, String.valueOf(digit).repeat(64) + "\n");
        }

        refused("SLOTS_FULL");
        assertThat(unit.slot("a".repeat(64))).exists();
    }

    @Test
    void itRunsFromASlotOfTheUnit() throws Exception {
        assertThat(new SlotIntake(unit, Optional.empty(), quiet(), Clock.systemUTC()).run())
                .isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(answer().code()).isEqualTo("OTHER_SLOT");
    }

    @Test
    void whereListedPublishersSignJarsRootAsksForThatOfALauncherToo() throws Exception {
        Files.writeString(unit.trust().resolve("publishers.pem"), "no certificate");
        refused("PUBLISHERS_UNREADABLE");
        Files.writeString(unit.trust().resolve("publishers.pem"), ACME);
        refused("JAR_UNSIGNED");
    }

    /** The clock of a unit without a battery stands before the publisher's certificate begins. */
    @Test
    void aSignedJarIsNotJudgedAtATimeBeforeItWasAssigned() throws Exception {
        publisher.list(unit.trust().resolve("publishers.pem"));
        ask(7);

        assertThat(runFrom(old, Clock.fixed(Instant.parse("1971-01-01T00:00:00Z"), ZoneOffset.UTC)))
                .isEqualTo(ExitCode.OK);
        assertThat(unit.slot(slotOfPublisher)).exists();
    }

    @Test
    void aSignedJarIsJudgedByAClockThatIsLaterThanTheAssignment() throws Exception {
        publisher.list(unit.trust().resolve("publishers.pem"));
        ask(7);

        assertThat(runFrom(old, Clock.offset(Clock.systemUTC(), Duration.ofDays(400))))
                .isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(answer().code()).isEqualTo("JAR_SIGNER_EXPIRED");
    }

    private byte[] approved(Signer manager) throws Exception {
        Vouching.Vouched vouched = (Vouching.Vouched) Evidence.read(unit.evidence(2))
                .verify(Files.readAllBytes(unit.releaseAnchor()), Files.readAllBytes(unit.directorAnchor()));
        Instant now = Instant.now();
        Approval approval = new Approval(
                ApprovedContent.of(vouched.assignment()).digest(), Set.of(), now, now.plus(Duration.ofDays(1)));
        return new Approvals(List.of(SignedApproval.sign(approval, List.of(manager))), 0).bytes();
    }

    private void refused(String code) throws Exception {
        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(answer().code()).isEqualTo(code);
        assertThat(unit.slot(slot)).doesNotExist();
    }

    private static String stage(int number, String version) throws Exception {
        return staged(number, made.useSlot(jars(number, version), version));
    }

    private static String stageWithJava(int number, String version) throws Exception {
        String id = made.useSlot(jars(number, version), version);
        made.useJava(javaImage(), "17.0.1");
        return staged(number, id);
    }

    private static String staged(int number, String id) throws Exception {
        Generation generation = made.generation(
                number, TestBundle.of("test.one", "2.0." + number).activator(Quiet.class));
        made.slotOnlyInStore(id);
        return generation.slot();
    }

    private static Path javaImage() {
        return TestBundle.of("test.java", "17.0.1")
                .header(JavaImage.PROGRAMS, "bin/java")
                .entry("bin/java", "#!/bin/false".getBytes(StandardCharsets.US_ASCII))
                .entry("lib/modules", new byte[1000])
                .write(workshop.resolve("java"));
    }

    private static Map<String, Path> jars(int number, String version) {
        return Map.of(
                "io.sekimori.trust",
                made.unit().slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar"),
                "io.sekimori.launcher",
                TestBundle.of("io.sekimori.launcher", version).write(workshop.resolve("slot-jars-" + number)));
    }

    /** The one jar that no slot of the unit has. */
    private static String newJar() throws Exception {
        return Sha256.hex(TestBundle.of("io.sekimori.launcher", "0.2.0").write(workshop.resolve("slot-jars-2")));
    }

    private void ask(int number) throws Exception {
        Files.createDirectories(unit.run());
        Files.write(unit.slotRequestFile(), new SlotRequest("r-" + number, number).bytes());
    }

    private Path slotOfNobody(char digit, int age) throws Exception {
        Path folder = Files.createDirectories(unit.slot(String.valueOf(digit).repeat(64)));
        Files.writeString(folder.resolve("slot.json"), "{}");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(age)));
        return folder;
    }

    private static void flip(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Whoever could write there could have root run what they like, or believe whom they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "slots/OWN/lib",
                "slots/OWN/slot.json",
                "slots/OWN",
                "slots",
                "slots/.helper",
                "trust",
                "trust/root.json",
                "."
            })
    void whatOthersCouldChangeIsNotReliedOn(String what) throws Exception {
        assertThat(run()).isEqualTo(ExitCode.OK);
        Path open = unit.directory().resolve(what.replace("OWN", old));
        int mode = (int) Files.getAttribute(open, "unix:mode");

        Files.setAttribute(open, "unix:mode", mode | 020);
        told("SLOT_WRITABLE");
        Files.setAttribute(open, "unix:mode", mode | 002);
        told("SLOT_WRITABLE");

        Files.setAttribute(open, "unix:mode", mode);
        assertThat(run()).isEqualTo(ExitCode.OK);
        Files.setAttribute(open, "unix:uid", anotherUser());
        told("SLOT_WRITABLE");
    }

    /** As install.sh leaves it: its user makes files there, and renames nobody else's. */
    @Test
    void aUnitInWhichEachUserHasWhatIsTheirsIsFine() throws Exception {
        Files.setAttribute(unit.directory(), "unix:mode", 01775);

        assertThat(run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aSlotThatOthersCouldChangeIsPutRightThoughNothingInItDiffers() throws Exception {
        run();
        Path folder = unit.slot(slot);
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(folder.resolve("lib"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Object open = Files.getAttribute(jar, "unix:ino");

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(new SlotRights(unit).difference(slot)).isEmpty();
        assertThat(Files.getAttribute(jar, "unix:ino"))
                .as("whoever has it open writes into what is gone")
                .isNotEqualTo(open);
    }

    @Test
    void aFileOfSomebodyElseIsReplacedAndAFolderOfTheirsIsRefused() throws Exception {
        run();
        Path lib = unit.slot(slot).resolve("lib");
        Files.setAttribute(lib.resolve("io.sekimori.launcher-0.2.0.jar"), "unix:uid", anotherUser());

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(new SlotRights(unit).difference(slot)).isEmpty();

        Files.setPosixFilePermissions(
                lib.resolve("io.sekimori.launcher-0.2.0.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setAttribute(lib, "unix:mode", 0700);
        Files.setAttribute(lib, "unix:uid", anotherUser());
        told("SLOT_WRITABLE");
        assertThat(answer().detail()).contains(lib.toString());
        assertThat((int) Files.getAttribute(lib, "unix:mode") & 0777)
                .as("what is theirs may lead anywhere by the time it is changed")
                .isEqualTo(0700);
        assertThat((int) Files.getAttribute(lib.resolve("io.sekimori.launcher-0.2.0.jar"), "unix:mode") & 0777)
                .isEqualTo(0666);
    }

    @Test
    void aJavaRuntimeThatOthersCouldChangeIsNotShared() throws Exception {
        ask(4);
        run();
        Path modules = unit.slot(slotWithJava).resolve("java/lib/modules");
        Files.setPosixFilePermissions(modules, PosixFilePermissions.fromString("rw-rw-r--"));
        ask(5);

        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(Files.isSameFile(modules, unit.slot(nextSlotWithJava).resolve("java/lib/modules")))
                .isFalse();
        assertThat(new SlotRights(unit).difference(nextSlotWithJava)).isEmpty();
    }

    private void told(String code) throws Exception {
        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(answer().code()).isEqualTo(code);
    }

    /** Only root gives files away. */
    private static int anotherUser() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        return 65_534;
    }

    private ExitCode run() throws Exception {
        return runFrom(old);
    }

    private ExitCode runFrom(String slotOfHelper) throws Exception {
        return runFrom(slotOfHelper, Clock.systemUTC());
    }

    private ExitCode runFrom(String slotOfHelper, Clock clock) throws Exception {
        OwnSlot own = new OwnSlot(
                slotOfHelper,
                Slot.read(unit.slot(slotOfHelper)).files().digests().keySet());
        return new SlotIntake(unit, Optional.of(own), quiet(), clock).run();
    }

    private SlotAnswer answer() throws Exception {
        return SlotAnswer.parse(Files.readAllBytes(unit.slotAnswerFile()));
    }

    private static Lines quiet() {
        return new Lines(new PrintStream(new ByteArrayOutputStream(), true));
    }
}
