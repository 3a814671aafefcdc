package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who approved takes it back, and neither a console nor the one who carries a stick undoes that, or does it for them. */
class WithdrawalTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path directory;

    private final TestKey manager = new TestKey();
    private final TestKey alice = new TestKey();
    private final TestKey bob = new TestKey();
    private final TestKey mallory = new TestKey();

    private Assignment assignment;
    private String content;
    private ApprovalPolicy policy;

    @BeforeEach
    void aReleaseManagerAndTwoCustomers() throws Exception {
        World world = World.ready(directory);
        assignment = world.director.current(World.DEVICE).orElseThrow();
        content = ApprovedContent.of(assignment).digest();
        policy = new ApprovalPolicy(
                List.of(
                        new ApprovalPolicy.Group("release-manager", RoleKeys.of(1, manager.publicKey())),
                        new ApprovalPolicy.Group("customer", RoleKeys.of(2, alice.publicKey(), bob.publicKey()))),
                Approval.LONGEST);
    }

    @Test
    void whatIsTakenBackDoesNotCount() throws Exception {
        SignedApproval all = approval(NOW, manager, alice, bob);
        assertThat(judge(Withdrawals.NONE, file(all))).isEmpty();

        Refusal refusal =
                judge(Withdrawals.NONE, file(all, withdrawal(NOW, alice))).orElseThrow();

        // The others' signatures under the same approval stay.
        assertThat(refusal).hasToString("APPROVALS_WITHDRAWN: [customer has 1 of 2], content " + content);
    }

    @Test
    void whoLeavesTheWithdrawalOutLaterIsNotBelieved() throws Exception {
        SignedApproval all = approval(NOW, manager, alice, bob);
        Withdrawals seen = Withdrawals.NONE.with(policy, file(withdrawal(NOW.plusSeconds(5), alice)));

        Withdrawals kept = Withdrawals.parse(seen.bytes());

        assertThat(kept).isEqualTo(seen);
        assertThat(judge(kept, file(all)).map(Refusal::code)).contains(TrustCode.APPROVALS_WITHDRAWN);
        assertThat(judge(kept, file(approval(NOW.minus(WEEK), alice), all)).map(Refusal::code))
                .contains(TrustCode.APPROVALS_WITHDRAWN);
    }

    @Test
    void whoApprovesAgainLaterCounts() throws Exception {
        Withdrawals seen = Withdrawals.NONE.with(policy, file(withdrawal(NOW.minusSeconds(1), alice)));

        assertThat(judge(seen, file(approval(NOW.minusSeconds(1), manager, alice, bob))))
                .isPresent();
        assertThat(judge(seen, file(approval(NOW, manager, alice, bob)))).isEmpty();
        // Nor does an older withdrawal, brought again, take back what was approved after it.
        assertThat(judge(seen, file(approval(NOW, manager, alice, bob), withdrawal(NOW.minus(WEEK), alice))))
                .isEmpty();
    }

    @Test
    void nobodyTakesBackForSomebodyElse() throws Exception {
        SignedApproval all = approval(NOW, manager, alice, bob);
        SignedWithdrawal other = SignedWithdrawal.sign(new Withdrawal("0".repeat(64), NOW), List.of(alice));
        Map<String, Object> forged = new TreeMap<>(other.json());
        forged.put("signed", new Withdrawal(content, NOW).json());
        Map<String, Object> turned = new TreeMap<>(approval(NOW, alice).json());
        turned.put("signed", new Withdrawal(content, NOW).json());
        for (Map<String, Object> attack : List.of(withdrawal(NOW, mallory).json(), other.json(), forged, turned)) {
            Approvals read = Approvals.parse(JsonText.bytes(
                    Map.of("format", 1L, "approvals", List.of(all.json()), "withdrawals", List.of(attack))));

            assertThat(read.withdrawals()).hasSize(1);
            assertThat(judge(Withdrawals.NONE, read)).isEmpty();
        }
        assertThat(Withdrawals.NONE.with(policy, file(withdrawal(NOW, mallory))))
                .isEqualTo(Withdrawals.NONE);
    }

    @Test
    void aWithdrawalIsNoApprovalAndAnApprovalNone() throws Exception {
        Map<String, Object> approval = approval(NOW, alice).json();
        Map<String, Object> withdrawal = withdrawal(NOW, alice).json();

        Approvals read = Approvals.parse(JsonText.bytes(
                Map.of("format", 1L, "approvals", List.of(withdrawal), "withdrawals", List.of(approval))));

        assertThat(read).isEqualTo(new Approvals(List.of(), List.of(), 2));
    }

    @Test
    void aFileIsReadAsItWasWritten() throws Exception {
        Approvals read = Approvals.parse(
                file(approval(NOW, alice), withdrawal(NOW, alice)).bytes());

        assertThat(read.entries()).hasSize(1);
        assertThat(read.withdrawals()).singleElement().satisfies(one -> {
            assertThat(one.withdrawal()).isEqualTo(new Withdrawal(content, NOW));
            assertThat(one.verified()).isEqualTo(one.signers()).hasSize(1);
        });
        // What a gateway of before reads.
        assertThat(new String(new Approvals(read.entries(), 0).bytes(), StandardCharsets.UTF_8))
                .doesNotContain("withdrawals");
    }

    @Test
    void whatIsKeptIsBoundedAndForgetsNothingThatCounts() throws Exception {
        Withdrawals seen = Withdrawals.NONE.with(policy, file(withdrawal(NOW, alice)));
        for (int i = 1; i <= Withdrawals.MOST_CONTENTS; i++) {
            String another = String.format("%064x", i);
            seen = seen.with(
                    policy, file(SignedWithdrawal.sign(new Withdrawal(another, NOW.plusSeconds(i)), List.of(alice))));
        }

        assertThat(judge(seen, file(approval(NOW, manager, alice, bob))).map(Refusal::code))
                .contains(TrustCode.APPROVALS_WITHDRAWN);
        assertThat(judge(seen, file(approval(NOW.plusSeconds(1), manager, alice, bob))))
                .isEmpty();
        assertThat(new String(seen.bytes(), StandardCharsets.UTF_8))
                .contains("\"all\"")
                .doesNotContain(content);
        assertThat(Withdrawals.parse(seen.bytes())).isEqualTo(seen);
    }

    @Test
    void keysThatNobodyListsAnyMoreGoFirst() throws Exception {
        Withdrawals seen = Withdrawals.NONE.with(policy, file(withdrawal(NOW, alice)));
        for (int i = 0; i < Withdrawals.MOST_KEYS; i++) {
            TestKey former = new TestKey();
            ApprovalPolicy then = new ApprovalPolicy(
                    List.of(new ApprovalPolicy.Group("former", RoleKeys.of(1, former.publicKey(), alice.publicKey()))),
                    Approval.LONGEST);
            seen = seen.with(then, file(withdrawal(NOW, former)));
        }

        assertThat(seen.bytes().length).isLessThan(Withdrawals.MAX_BYTES / 4);
        assertThat(judge(seen, file(approval(NOW, manager, alice, bob))).map(Refusal::code))
                .contains(TrustCode.APPROVALS_WITHDRAWN);
    }

    @Test
    void whatWasKeptAndCannotBeReadIsSaidSo() {
        for (String text : List.of("", "{}", "{\"format\":2,\"keys\":{}}", "{\"format\":1,\"keys\":{\"a\":{}}}")) {
            assertThatThrownBy(() -> Withdrawals.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void aFileHoldsAtMostOneHundredAndTwentyEightOfThem() throws Exception {
        SignedWithdrawal one = withdrawal(NOW, alice);
        List<SignedWithdrawal> most = Collections.nCopies(Approvals.MOST, one);

        assertThat(Approvals.parse(new Approvals(List.of(), most, 0).bytes()).withdrawals())
                .hasSize(128);
        List<SignedWithdrawal> more = Collections.nCopies(Approvals.MOST + 1, one);
        assertThatIllegalArgumentException().isThrownBy(() -> new Approvals(List.of(), more, 0));
    }

    /** Approvals end by the clock, but no clock is believed that stands before what the director signed. */
    @Test
    void aClockThatIsLateIsNoReasonToRefuse() throws Exception {
        Instant issued = assignment.issued();
        Approvals all = file(approval(issued, manager, alice, bob));

        assertThat(policy.judge(assignment, all, Withdrawals.NONE, issued.minus(Duration.ofDays(300))))
                .isEmpty();
        assertThat(policy.judge(assignment, all, Withdrawals.NONE, issued.plus(WEEK))
                        .map(Refusal::code))
                .contains(TrustCode.APPROVALS_EXPIRED);
    }

    private Optional<Refusal> judge(Withdrawals seen, Approvals approvals) {
        return policy.judge(assignment, approvals, seen, NOW.plusSeconds(60));
    }

    private SignedApproval approval(Instant issued, TestKey... people) throws IOException {
        return SignedApproval.sign(new Approval(content, Set.of(), issued, issued.plus(WEEK)), List.of(people));
    }

    private SignedWithdrawal withdrawal(Instant issued, TestKey person) throws IOException {
        return SignedWithdrawal.sign(new Withdrawal(content, issued), List.of(person));
    }

    private static Approvals file(Object... statements) {
        return new Approvals(
                Stream.of(statements)
                        .filter(SignedApproval.class::isInstance)
                        .map(SignedApproval.class::cast)
                        .toList(),
                Stream.of(statements)
                        .filter(SignedWithdrawal.class::isInstance)
                        .map(SignedWithdrawal.class::cast)
                        .toList(),
                0);
    }
}
