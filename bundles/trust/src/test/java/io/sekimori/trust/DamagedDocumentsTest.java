package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes from outside, with something about it changed by chance: it is read, or refused with a code, and nothing else
 * ever happens. The chances are the same in every run unless {@code -Dtests.seed} asks for others; the fuzz tests look
 * further, and begin from nothing.
 */
class DamagedDocumentsTest {

    private static final int TRIES = 120;
    private static final long SEED = Long.getLong("tests.seed", 0);
    private static final Path CORPUS = Path.of("src/test/resources/io/sekimori/trust");

    private static final Pattern VALUE = Pattern.compile("(?<=:)\\s*(\"[^\"]*\"|-?[0-9]+|true|false)");
    private static final List<String> STRANGE = List.of(
            "null",
            "-1",
            "0",
            "9223372036854775807",
            "1e3",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "[\"\",\"\"]",
            "{\"\":{}}",
            "true",
            "\"\\u0000\"",
            "\"\\uD800\"",
            "\"2026-02-30T12:00:00Z\"",
            "\"../../etc/passwd\"",
            "\"" + "9".repeat(400) + "\"");

    @TempDir
    private Path directory;

    private interface Reading {
        Object read(byte[] bytes) throws IOException, MalformedJson;
    }

    @TestFactory
    Stream<DynamicTest> isReadOrRefused() throws Exception {
        World world = World.ready(directory);
        Map<String, byte[]> samples = new TreeMap<>(world.releases.files());
        samples.put("assignment", world.director.files(World.DEVICE).get("targets.json"));
        samples.put("delegations", corpus("MetadataFuzzTestInputs/whatIsDelegatedIsSearchedOrRefused/delegations"));
        samples.put("approvals", corpus("ApprovalsFuzzTestInputs/areReadOrRefused/one.json"));
        samples.put("approval request", corpus("ApprovalsFuzzTestInputs/requestsAreReadOrRefused/one.json"));
        samples.put("approval policy", corpus("ApprovalsFuzzTestInputs/policiesAreReadOrRefused/one.json"));
        byte[] permit = permit(world);
        samples.put("permit", permit);
        samples.put("permits", permits(permit));
        List<Signer> director = List.of(world.directorKey);
        SignedWithdrawal withdrawal = SignedWithdrawal.sign(new Withdrawal("c".repeat(64), World.NOW), director);
        Approvals withdrawn = new Approvals(List.of(), List.of(withdrawal), 0);
        samples.put("withdrawals", withdrawn.bytes());
        ApprovalPolicy listed = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("people", RoleKeys.of(1, world.directorKey.publicKey()))),
                Approval.LONGEST);
        samples.put(
                "withdrawals that were seen",
                Withdrawals.NONE.with(listed, withdrawn).bytes());
        samples.put("time", SignedFile.bytes(new TimeStatement("a".repeat(32), World.NOW).json(), director));
        Mandate mandate = MandateTest.mandate("g-aaaaaaaaaaaa", World.DEVICE);
        samples.put("mandate", SignedFile.bytes(mandate.json(), director));
        UnitReport report = SignedReportTest.report(World.DEVICE, Optional.of(SignedReportTest.last()));
        samples.put("report", SignedReport.sign(report, "EC_P256", new byte[91], message -> new byte[70]));
        RootMetadata root = RootMetadata.parse(Repository.RELEASE, "1.root.json", world.releases.anchor());
        Permit.Item alpha = item(world);
        List<Reading> readings = List.of(
                bytes -> RootMetadata.parse(Repository.RELEASE, "1.root.json", bytes),
                bytes -> RootMetadata.parse(Repository.DIRECTOR, "1.root.json", bytes),
                TimestampMetadata::parse,
                bytes -> SnapshotMetadata.parse(Envelope.parse("snapshot.json", Document.SNAPSHOT, bytes)),
                bytes -> ReleaseCatalog.of(NextTargets.parse(bytes, Document.TARGETS)),
                bytes -> NextTargets.parse(bytes, Document.DELEGATED),
                SignedAssignment::read,
                SignedDocument::read,
                bytes -> Approvals.parse(bytes).bytes(),
                bytes -> Withdrawals.parse(bytes).bytes(),
                bytes -> ApprovalRequest.parse(bytes).bytes(),
                bytes -> ApprovalPolicy.parse(bytes).bytes(),
                bytes -> Permit.read(Envelope.parse("a permit", Document.PERMIT, bytes)),
                bytes -> FloorPermits.read(bytes, root).refusal(alpha, World.UNIT, World.NOW),
                bytes -> TimeStatement.of(Envelope.parse("time", Document.TIME, bytes).signed),
                bytes -> Mandate.of(Envelope.parse("mandate", Document.MANDATE, bytes).signed),
                SignedReport::unverified,
                bytes -> SignedReport.verified(bytes, World.DEVICE));
        return samples.entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> damage(sample.getValue(), readings)));
    }

    private static void damage(byte[] sample, List<Reading> readings) throws Exception {
        assertThat(readings.stream().filter(reading -> isRead(reading, sample)))
                .as("whoever reads it undamaged")
                .isNotEmpty();
        Random random = new Random(SEED);
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = sample;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                damaged = random.nextInt(3) > 0 ? otherValue(damaged, random) : otherBytes(damaged, random);
            }
            for (Reading reading : readings) {
                isRead(reading, damaged);
            }
        }
    }

    /** Anything else than a refusal is a failure of the test. */
    private static boolean isRead(Reading reading, byte[] bytes) {
        try {
            reading.read(bytes);
            return true;
        } catch (TrustException e) {
            assertThat(e.refusal().code()).isNotNull();
            return false;
        } catch (MalformedJson e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError("nothing is written here", e);
        } catch (RuntimeException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] otherValue(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> values = new ArrayList<>();
        Matcher matcher = VALUE.matcher(text);
        while (matcher.find()) {
            values.add(matcher.toMatchResult());
        }
        if (values.isEmpty()) {
            return bytes;
        }
        MatchResult value = values.get(random.nextInt(values.size()));
        String other = random.nextInt(4) > 0
                ? STRANGE.get(random.nextInt(STRANGE.size()))
                : values.get(random.nextInt(values.size())).group();
        return (text.substring(0, value.start()) + other + text.substring(value.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Some bytes are missing, twice there, or others. */
    private static byte[] otherBytes(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(40));
        String other = switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> text.substring(from, to).repeat(2);
            default -> (char) random.nextInt(256) + text.substring(from + 1, to);
        };
        return (text.substring(0, from) + other + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] corpus(String file) throws IOException {
        return Files.readAllBytes(CORPUS.resolve(file));
    }

    private static Permit.Item item(World world) throws IOException {
        return Permit.Item.of(world.release(World.ALPHA, "1.0.0"));
    }

    private static byte[] permit(World world) throws IOException {
        return new Permit(
                        World.NOW,
                        World.NOW.plus(Duration.ofDays(1)),
                        World.MODEL,
                        Set.of(World.DEVICE),
                        List.of(item(world)),
                        "because")
                .signed(List.of(world.targetsKey));
    }

    private static byte[] permits(byte[] permit) {
        String one = new String(permit, StandardCharsets.UTF_8);
        return ("{\"format\":1,\"permits\":[" + one + "]}").getBytes(StandardCharsets.UTF_8);
    }
}
