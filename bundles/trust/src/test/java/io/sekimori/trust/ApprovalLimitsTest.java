package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much is still an approval, a file of them or a policy, and what is one too many. */
class ApprovalLimitsTest {

    private static final String CONTENT = "c".repeat(64);

    @Test
    void anApprovalNamesAtMostTwoThousandGateways() {
        assertThat(approval(devices(Approval.MAX_DEVICES)).devices()).hasSize(2_000);
        assertThatIllegalArgumentException().isThrownBy(() -> approval(devices(Approval.MAX_DEVICES + 1)));
    }

    @Test
    void anApprovalIsOfAWholeDigestForWholeDigests() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Approval("c", Set.of(), NOW, NOW.plusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> approval(Set.of("d")));
    }

    @Test
    void anApprovalLastsAtMostNinetyDays() {
        assertThat(new Approval(CONTENT, Set.of(), NOW, NOW.plus(Approval.LONGEST)).expires())
                .isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Approval(
                        CONTENT, Set.of(), NOW, NOW.plus(Approval.LONGEST).plusSeconds(1)));
    }

    @Test
    void anApprovalOfAnotherTypeOrFormatIsNone() throws Exception {
        Map<String, Object> said = new HashMap<>(approval(Set.of()).json());
        assertThat(Approval.read(object(said))).isEqualTo(approval(Set.of()));

        for (Map.Entry<String, Object> change :
                Map.<String, Object>of("_type", "permit", "format", 2L).entrySet()) {
            Map<String, Object> other = new HashMap<>(said);
            other.put(change.getKey(), change.getValue());
            assertThatThrownBy(() -> Approval.read(object(other))).isInstanceOf(MalformedJson.class);
        }
        said.put("content", "c");
        assertThatThrownBy(() -> Approval.read(object(said))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void aFileHoldsAtMostOneHundredAndTwentyEight() throws Exception {
        SignedApproval one = SignedApproval.sign(approval(Set.of()), List.of(new TestKey()));
        byte[] most = new Approvals(Collections.nCopies(Approvals.MOST, one), 0).bytes();

        assertThat(Approvals.parse(most).entries()).hasSize(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Approvals(Collections.nCopies(Approvals.MOST, one), 1));
        assertThat(new Approvals(List.of(one), Approvals.MOST - 1).unreadable()).isEqualTo(127);
    }

    @Test
    void aFileHasAtMostAMebibyte() throws Exception {
        byte[] none = Approvals.NONE.bytes();

        assertThat(Approvals.parse(padded(none, Approvals.MAX_BYTES)).entries()).isEmpty();
        assertThatThrownBy(() -> Approvals.parse(padded(none, Approvals.MAX_BYTES + 1)))
                .hasMessageContaining("is longer than");
    }

    @Test
    void contentOfAnotherTypeOrFormatIsNone() throws Exception {
        Map<String, Object> said = new HashMap<>(new ApprovedContent("sg-1", List.of(), Map.of()).json());
        assertThat(ApprovedContent.read(object(said)).model()).isEqualTo("sg-1");

        for (Map.Entry<String, Object> change : Map.<String, Object>of("_type", "approval", "format", 2L, "model", "")
                .entrySet()) {
            Map<String, Object> other = new HashMap<>(said);
            other.put(change.getKey(), change.getValue());
            assertThatThrownBy(() -> ApprovedContent.read(object(other))).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void contentThatNamesAPathTwiceIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovedContent("sg-1", List.of(item(), item()), Map.of()));
    }

    @Test
    void peopleSeeEveryItemAndEveryValueTheySignFor() {
        ApprovedContent content =
                new ApprovedContent("sg-1", List.of(item()), Map.of("org.example", Map.of("door", "open\u202e")));

        assertThat(content.lines()).hasSize(2);
        assertThat(content.lines().get(0)).contains(World.ALPHA, "1.0.0", "counter 1", "a".repeat(64));
        assertThat(content.lines().get(1)).isEqualTo("org.example: door = open?");
    }

    @Test
    void whatWasDamagedOnItsWayIsFoundByTheKeysBesideIt() throws Exception {
        TestKey alice = new TestKey();
        SignedApproval one = SignedApproval.sign(approval(Set.of()), List.of(alice));
        JsonObject whole = object(one.json());

        assertThat(SignedApproval.read(whole).verified())
                .containsExactly(alice.publicKey().keyId());
        Map<String, Object> bare = new HashMap<>(one.json());
        bare.remove("keys");
        SignedApproval without = SignedApproval.read(object(bare));
        assertThat(without.verified()).isEmpty();
        assertThat(without.signers()).isEqualTo(one.signers());
        assertThat(without.json()).isEqualTo(bare);
    }

    @Test
    void aPolicyHasOneToSixteenGroups() {
        assertThat(new ApprovalPolicy(groups(16, 1), Approval.LONGEST).groups()).hasSize(16);
        assertThatIllegalArgumentException().isThrownBy(() -> new ApprovalPolicy(groups(17, 1), Approval.LONGEST));
    }

    @Test
    void aPolicyHasAtMostSixtyFourKeys() {
        assertThat(new ApprovalPolicy(groups(16, 4), Approval.LONGEST).groups()).hasSize(16);
        assertThatIllegalArgumentException().isThrownBy(() -> new ApprovalPolicy(groups(13, 5), Approval.LONGEST));
    }

    @Test
    void aPolicyTrustsApprovalsForOneToNinetyDays() throws Exception {
        List<ApprovalPolicy.Group> groups = groups(1, 1);

        for (int days : List.of(1, 90)) {
            ApprovalPolicy policy = new ApprovalPolicy(groups, Duration.ofDays(days));
            assertThat(ApprovalPolicy.parse(policy.bytes()).longest()).hasDays(days);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalPolicy(groups, Duration.ofDays(1).minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalPolicy(groups, Approval.LONGEST.plusNanos(1)));
        String text = new String(new ApprovalPolicy(groups, Approval.LONGEST).bytes(), StandardCharsets.UTF_8);
        String endless = text.replace("\"days\" : 90", "\"days\" : " + Long.MAX_VALUE);
        assertThat(endless).isNotEqualTo(text);
        assertThatThrownBy(() -> ApprovalPolicy.parse(endless.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("days must be");
    }

    @Test
    void aGroupIsCalledByAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> group("The people", 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> group("", 0, 1));
    }

    private static Assigned item() {
        String path = Release.pathOf(Kind.BUNDLE, World.ALPHA, "1.0.0");
        return new Assigned(path, World.ALPHA, "1.0.0", 1, 10, Kind.BUNDLE, 1, "a".repeat(64));
    }

    private static Approval approval(Set<String> devices) {
        return new Approval(CONTENT, devices, NOW, NOW.plus(Duration.ofDays(7)));
    }

    private static Set<String> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> String.format("%064x", each))
                .collect(Collectors.toSet());
    }

    private static List<ApprovalPolicy.Group> groups(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(each -> group("group-" + each, each * keys, keys))
                .toList();
    }

    private static ApprovalPolicy.Group group(String name, int first, int keys) {
        return new ApprovalPolicy.Group(
                name,
                RoleKeys.of(
                        1,
                        IntStream.range(first, first + keys)
                                .mapToObj(each -> TufKey.ed25519(
                                        ByteBuffer.allocate(32).putInt(each).array()))
                                .toArray(TufKey[]::new)));
    }

    private static JsonObject object(Map<String, ?> json) throws MalformedJson {
        return JsonObject.parse(JsonText.bytes(json));
    }

    /** JSON may end with as much space as anybody likes. */
    private static byte[] padded(byte[] json, int length) {
        return (new String(json, StandardCharsets.UTF_8) + " ".repeat(length - json.length))
                .getBytes(StandardCharsets.UTF_8);
    }
}
