package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose approvals let a gateway take what was assigned. */
class ApprovalTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final String OTHER_DEVICE = "e".repeat(64);

    @TempDir
    private Path directory;

    private final TestKey manager = new TestKey();
    private final TestKey alice = new TestKey();
    private final TestKey bob = new TestKey(KeyType.ML_DSA_65);
    private final TestKey carol = new TestKey();
    private final TestKey mallory = new TestKey();

    private World world;
    private ApprovedContent content;
    private ApprovalPolicy policy;

    @BeforeEach
    void aReleaseManagerAndTwoOfThreeCustomers() throws Exception {
        world = World.ready(directory);
        content = ApprovedContent.of(world.director.current(World.DEVICE).orElseThrow());
        policy = new ApprovalPolicy(
                List.of(group("release-manager", 1, manager), group("customer", 2, alice, bob, carol)),
                Approval.LONGEST);
    }

    @Test
    void enoughOfEveryGroupAreEnough() throws Exception {
        assertThat(judge(approved(manager), approved(alice), approved(bob))).isEmpty();
        assertThat(judge(approved(manager, carol, bob))).isEmpty();
    }

    @Test
    void whoIsMissingIsSaid() throws Exception {
        assertThat(judge(approved(alice)).orElseThrow())
                .hasToString("APPROVALS_MISSING: [release-manager has 0 of 1, customer has 1 of 2], content "
                        + content.digest());
        assertThat(policy.judge(content, World.DEVICE, Approvals.NONE, NOW).map(Refusal::code))
                .contains(TrustCode.APPROVALS_MISSING);
        assertRefused(TrustCode.APPROVALS_MISSING, approved(manager), approved(alice));
    }

    @Test
    void onePersonCountsOnce() throws Exception {
        assertRefused(TrustCode.APPROVALS_MISSING, approved(manager), approved(alice), approved(alice));
        assertRefused(TrustCode.APPROVALS_MISSING, approved(manager), approved(alice, alice));
    }

    @Test
    void strangersDoNotCountAndDoNoHarm() throws Exception {
        assertRefused(TrustCode.APPROVALS_MISSING, approved(mallory), approved(world.directorKey), approved(alice));
        assertThat(judge(approved(mallory), approved(manager, alice, bob))).isEmpty();
    }

    @Test
    void whatIsOverDoesNotCount() throws Exception {
        SignedApproval old = signed(new Approval(content.digest(), Set.of(), NOW.minus(WEEK), NOW), manager);

        assertRefused(TrustCode.APPROVALS_EXPIRED, old, approved(alice), approved(bob));
        assertThat(policy.judge(content, World.DEVICE, file(old, approved(alice, bob)), NOW.minusSeconds(1)))
                .isEmpty();
        // Whom nobody asked again is still missing.
        assertRefused(TrustCode.APPROVALS_MISSING, old, approved(alice));
    }

    @Test
    void whatIsDatedAheadDoesNotCountUntilThen() throws Exception {
        Instant ahead = NOW.plus(Duration.ofDays(400));
        Approvals far =
                file(signed(new Approval(content.digest(), Set.of(), ahead, ahead.plus(WEEK)), manager, alice, bob));
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        Approvals near = file(
                signed(new Approval(content.digest(), Set.of(), tomorrow, tomorrow.plus(WEEK)), manager, alice, bob));

        assertThat(policy.judge(content, World.DEVICE, far, NOW).map(Refusal::code))
                .contains(TrustCode.APPROVALS_EXPIRED);
        assertThat(policy.judge(content, World.DEVICE, far, ahead)).isEmpty();
        assertThat(policy.judge(content, World.DEVICE, near, NOW)).isEmpty();
        assertThat(policy.judge(content, World.DEVICE, near, NOW.minusSeconds(1))
                        .map(Refusal::code))
                .contains(TrustCode.APPROVALS_EXPIRED);
    }

    @Test
    void aPolicyMayTrustApprovalsForLessTimeThanTheySay() throws Exception {
        ApprovalPolicy strict = new ApprovalPolicy(policy.groups(), Duration.ofDays(2));
        Approvals all = file(approved(manager, alice, bob));

        assertThat(strict.judge(content, World.DEVICE, all, NOW.plus(Duration.ofHours(47))))
                .isEmpty();
        assertThat(strict.judge(content, World.DEVICE, all, NOW.plus(Duration.ofDays(2)))
                        .map(Refusal::code))
                .contains(TrustCode.APPROVALS_EXPIRED);
    }

    @Test
    void anApprovalOfGatewaysIsForThemAlone() throws Exception {
        Approval mine = new Approval(content.digest(), Set.of(World.DEVICE, OTHER_DEVICE), NOW, NOW.plus(WEEK));
        Approval another = new Approval(content.digest(), Set.of(OTHER_DEVICE), NOW, NOW.plus(WEEK));

        assertThat(judge(signed(mine, manager, alice, bob))).isEmpty();
        assertRefused(TrustCode.APPROVALS_OTHER, signed(another, manager, alice, bob));
        assertRefused(TrustCode.APPROVALS_OTHER, signed(another, manager), approved(alice, bob));
    }

    static Stream<UnaryOperator<ApprovedContent>> changes() {
        return Stream.of(
                was -> new ApprovedContent("other", was.items(), was.configurations()),
                was -> new ApprovedContent(was.model(), was.items().subList(1, 2), was.configurations()),
                was -> new ApprovedContent(was.model(), was.items(), Map.of("org.example", Map.of("open", true))),
                was -> item(
                        was,
                        at -> new Assigned(
                                at.path(),
                                at.symbolicName(),
                                at.version(),
                                at.counter() + 1,
                                10,
                                at.kind(),
                                at.length(),
                                at.sha256())),
                was -> item(
                        was,
                        at -> new Assigned(
                                at.path(),
                                at.symbolicName(),
                                at.version(),
                                at.counter(),
                                11,
                                at.kind(),
                                at.length(),
                                at.sha256())),
                was -> item(
                        was,
                        at -> new Assigned(
                                at.path(),
                                at.symbolicName(),
                                at.version(),
                                at.counter(),
                                10,
                                at.kind(),
                                at.length() + 1,
                                at.sha256())),
                was -> item(
                        was,
                        at -> new Assigned(
                                at.path(),
                                at.symbolicName(),
                                at.version(),
                                at.counter(),
                                10,
                                at.kind(),
                                at.length(),
                                "0".repeat(64))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whateverElseWouldRunIsAnotherContent(UnaryOperator<ApprovedContent> change) throws Exception {
        ApprovedContent other = change.apply(content);

        assertThat(other.digest()).isNotEqualTo(content.digest());
        assertThat(policy.judge(other, World.DEVICE, file(approved(manager, alice, bob)), NOW)
                        .map(Refusal::code))
                .contains(TrustCode.APPROVALS_OTHER);
    }

    @Test
    void anotherAssignmentOfTheSameIsTheSameContent() throws Exception {
        Assignment first = world.director.current(World.DEVICE).orElseThrow();

        Assignment again = world.assign(World.later(90));

        assertThat(again.version()).isGreaterThan(first.version());
        assertThat(ApprovedContent.of(again)).isEqualTo(content);
        assertThat(ApprovedContent.read(JsonObject.parse(JsonText.bytes(content.json()))))
                .isEqualTo(content);
        List<Assigned> turned = new ArrayList<>(content.items());
        Collections.reverse(turned);
        assertThat(new ApprovedContent(content.model(), turned, Map.of()).digest())
                .isEqualTo(content.digest());
    }

    @Test
    void aSignatureOfAnotherTextIsBroken() throws Exception {
        Map<String, Object> forged = new TreeMap<>(approved(manager, alice, bob).json());
        forged.put("signed", new Approval("0".repeat(64), Set.of(), NOW, NOW.plus(WEEK)).json());

        Approvals read = Approvals.parse(JsonText.bytes(Map.of("format", 1L, "approvals", List.of(forged))));

        assertThat(policy.judge(content, World.DEVICE, read, NOW).map(Refusal::code))
                .contains(TrustCode.APPROVALS_BROKEN);
        assertThat(read.entries().get(0).signers()).hasSize(3);
        assertThat(read.entries().get(0).verified()).isEmpty();
    }

    @Test
    void aSignatureOfAnotherKindOfDocumentIsNoApproval() throws Exception {
        Map<String, Object> mandate = new TreeMap<>(approved(manager).json());
        Map<String, Object> said = new HashMap<>(approved(manager).approval().json());
        said.put("_type", "mandate");
        mandate.putAll(Map.of("signed", said));
        Approvals read = Approvals.parse(JsonText.bytes(Map.of("format", 1L, "approvals", List.of(mandate))));

        assertThat(read.entries()).isEmpty();
        assertThat(policy.judge(content, World.DEVICE, read, NOW).map(Refusal::code))
                .contains(TrustCode.APPROVALS_BROKEN);
        // And the other way round: what a publisher approves publishes nothing, though it is the same key.
        byte[] approval = SignedFile.bytes(approved(world.targetsKey).approval().json(), List.of(world.targetsKey));
        assertThatThrownBy(() -> SignedDocument.read(approval))
                .isInstanceOfSatisfying(
                        TrustException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(TrustCode.METADATA_TYPE));
    }

    @Test
    void aFileThatCannotBeReadIsBroken() throws Exception {
        for (String text : List.of("", "[]", "{}", "{\"format\":2,\"approvals\":[]}", "{\"format\":1}")) {
            assertThatThrownBy(() -> Approvals.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining(TrustCode.APPROVALS_BROKEN.name());
        }
        assertThatThrownBy(() -> Approvals.parse(new byte[Approvals.MAX_BYTES + 1]))
                .hasMessageContaining("APPROVALS_BROKEN");
        Map<String, Object> one = approved(manager).json();
        byte[] many = JsonText.bytes(Map.of("format", 1L, "approvals", Collections.nCopies(Approvals.MOST + 1, one)));
        assertThatThrownBy(() -> Approvals.parse(many)).hasMessageContaining("more than");
    }

    @Test
    void whatIsNotReadableBesideEnoughDoesNoHarm() throws Exception {
        Map<String, Object> later =
                Map.of("signatures", List.of(), "signed", Map.of("_type", "approval", "format", 2L));
        byte[] bytes = JsonText.bytes(Map.of(
                "format",
                1L,
                "approvals",
                List.of(later, approved(manager, alice, bob).json())));

        assertThat(policy.judge(content, World.DEVICE, Approvals.parse(bytes), NOW))
                .isEmpty();
    }

    @Test
    void anApprovalHasAnEndAndNamesItsGateways() {
        String digest = content.digest();

        assertThatThrownBy(() -> new Approval(digest, Set.of(), NOW, NOW.plus(Duration.ofDays(91))))
                .hasMessageContaining("90 days");
        assertThatThrownBy(() -> new Approval(digest, Set.of(), NOW, NOW)).hasMessageContaining("90 days");
        assertThatThrownBy(() -> new Approval(digest, Set.of("all"), NOW, NOW.plus(WEEK)))
                .hasMessageContaining("sha256");
        Map<String, Object> nobody = new HashMap<>(new Approval(digest, Set.of(), NOW, NOW.plus(WEEK)).json());
        nobody.put("devices", List.of());
        assertThatThrownBy(() -> Approval.read(JsonObject.parse(JsonText.bytes(nobody))))
                .hasMessageContaining("devices is empty");
    }

    @Test
    void aPolicyIsReadAsItWasWritten() throws Exception {
        assertThat(ApprovalPolicy.parse(policy.bytes())).isEqualTo(policy);
        Map<String, Object> group = Map.of(
                "name",
                "people",
                "threshold",
                1L,
                "keys",
                List.of(alice.publicKey().json()));
        assertThat(ApprovalPolicy.parse(JsonText.bytes(Map.of("format", 1L, "groups", List.of(group))))
                        .longest())
                .isEqualTo(Approval.LONGEST);
    }

    @Test
    void onlyAFileThatIsNotThereDemandsNothing() throws Exception {
        Path file = directory.resolve("policy.json");
        assertThat(ApprovalPolicy.read(file)).isEmpty();
        assertThat(ApprovalPolicy.read(directory.resolve("nowhere").resolve("policy.json")))
                .isEmpty();

        Files.write(file, policy.bytes());
        assertThat(ApprovalPolicy.read(file)).contains(policy);

        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));
        for (Path broken : List.of(directory.resolve("link"), directory)) {
            assertThatThrownBy(() -> ApprovalPolicy.read(broken))
                    .as(broken.toString())
                    .isInstanceOfSatisfying(
                            TrustException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(TrustCode.APPROVAL_POLICY_BROKEN));
        }
    }

    @Test
    void aKeyInTwoGroupsMakesNoPolicy() {
        assertThatThrownBy(() -> policy(group("one", 1, alice), group("two", 1, alice)))
                .hasMessageContaining("is there twice");
    }

    @Test
    void oneKeyUnderTwoIdsMakesNoPolicy() {
        TufKey known = alice.publicKey();
        TufKey alias = new TufKey("a".repeat(64), known.keyType(), known.scheme(), known.publicValue());

        assertThatThrownBy(() -> policy(new ApprovalPolicy.Group(
                        "people", new RoleKeys(Map.of(known.keyId(), known, alias.keyId(), alias), 2))))
                .hasMessageContaining("is there twice");
    }

    @Test
    void aPolicyThatNobodyCouldMeetIsNone() {
        assertThatThrownBy(() -> policy(group("people", 2, alice))).hasMessageContaining("more signatures than");
        assertThatThrownBy(() -> policy()).hasMessageContaining("1 to 16 groups");
        assertThatThrownBy(() -> policy(group("people", 1, alice), group("people", 1, bob)))
                .hasMessageContaining("is there twice");
        TufKey unknown = new TufKey("a".repeat(64), "slh-dsa", "slh-dsa", "00");
        assertThatThrownBy(() ->
                        policy(new ApprovalPolicy.Group("people", new RoleKeys(Map.of(unknown.keyId(), unknown), 1))))
                .hasMessageContaining("cannot be used");
        TufKey half = new TufKey("a".repeat(64), "ed25519", "ed25519", "00");
        assertThatThrownBy(() ->
                        policy(new ApprovalPolicy.Group("people", new RoleKeys(Map.of(half.keyId(), half), 1))))
                .hasMessageContaining("cannot be used");
    }

    @Test
    void aPolicyThatCannotBeReadIsBroken() throws Exception {
        Map<String, Object> key = new HashMap<>(alice.publicKey().json());
        key.put("name", "alice");
        for (byte[] text : List.of(
                new byte[0],
                "{}".getBytes(StandardCharsets.UTF_8),
                JsonText.bytes(Map.of("format", 2L, "groups", List.of())),
                JsonText.bytes(Map.of("format", 1L, "groups", List.of())),
                policyOf(List.of(key), 30),
                policyOf(List.of(alice.publicKey().json(), alice.publicKey().json()), 30),
                policyOf(List.of(alice.publicKey().json()), 0),
                policyOf(List.of(alice.publicKey().json()), 91))) {
            assertThatThrownBy(() -> ApprovalPolicy.parse(text))
                    .isInstanceOfSatisfying(
                            TrustException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(TrustCode.APPROVAL_POLICY_BROKEN));
        }
    }

    private static byte[] policyOf(List<?> keys, long days) {
        Map<String, Object> group = Map.of("name", "people", "threshold", 1L, "keys", keys);
        return JsonText.bytes(Map.of("format", 1L, "days", days, "groups", List.of(group)));
    }

    private static ApprovalPolicy policy(ApprovalPolicy.Group... groups) {
        return new ApprovalPolicy(List.of(groups), Approval.LONGEST);
    }

    private static ApprovalPolicy.Group group(String name, long threshold, TestKey... keys) {
        return new ApprovalPolicy.Group(
                name,
                RoleKeys.of(
                        threshold, Arrays.stream(keys).map(TestKey::publicKey).toArray(TufKey[]::new)));
    }

    private static ApprovedContent item(ApprovedContent was, UnaryOperator<Assigned> change) {
        List<Assigned> items = new ArrayList<>(was.items());
        items.set(0, change.apply(items.get(0)));
        return new ApprovedContent(was.model(), items, was.configurations());
    }

    private SignedApproval approved(TestKey... keys) throws IOException {
        return approved(Arrays.<Signer>stream(keys).toList());
    }

    private SignedApproval approved(Signer key) throws IOException {
        return approved(List.of(key));
    }

    private SignedApproval approved(List<Signer> keys) throws IOException {
        return SignedApproval.sign(new Approval(content.digest(), Set.of(), NOW, NOW.plus(WEEK)), keys);
    }

    private static SignedApproval signed(Approval approval, Signer... keys) throws IOException {
        return SignedApproval.sign(approval, List.of(keys));
    }

    private static Approvals file(SignedApproval... approvals) throws TrustException {
        return Approvals.parse(new Approvals(List.of(approvals), 0).bytes());
    }

    private Optional<Refusal> judge(SignedApproval... approvals) throws TrustException {
        return policy.judge(content, World.DEVICE, file(approvals), NOW);
    }

    private void assertRefused(TrustCode code, SignedApproval... approvals) throws TrustException {
        assertThat(judge(approvals).map(Refusal::code)).contains(code);
    }
}
