package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.trust.ApprovalDemand.Group;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report may say of who must approve, and what it cannot say. */
class ApprovalDemandTest {

    private static final String KEY = "a".repeat(64);

    @Test
    void itNamesTheGroupsOfAPolicy() {
        TestKey one = new TestKey();
        TestKey two = new TestKey();
        ApprovalPolicy policy = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("board", RoleKeys.of(2, one.publicKey(), two.publicKey()))),
                Duration.ofDays(14));

        assertThat(ApprovalDemand.of(policy))
                .isEqualTo(new ApprovalDemand(
                        true,
                        List.of(new Group(
                                "board",
                                2,
                                Set.of(one.publicKey().keyId(), two.publicKey().keyId()))),
                        14));
    }

    @Test
    void aReportTellsItAsItIs() throws Exception {
        ApprovalDemand demand = new ApprovalDemand(
                true, List.of(new Group("board", 2, keys(3)), new Group("site-1", 1, Set.of(KEY))), 30);

        assertThat(read(demand.json())).contains(demand);
        assertThat(read(ApprovalDemand.NOTHING.json())).contains(ApprovalDemand.NOTHING);
        assertThat(read(ApprovalDemand.UNREADABLE.json())).contains(ApprovalDemand.UNREADABLE);
        assertThat(ApprovalDemand.UNREADABLE.readable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "readable, 1",
        "days, 0",
        "days, 91",
        "days, 4294967326",
        "days, many",
        "groups, all",
    })
    void whatALaterUnitSaysInAnotherFormIsNotKnown(String member, String value) throws Exception {
        Map<String, Object> other =
                new HashMap<>(new ApprovalDemand(true, List.of(new Group("board", 1, Set.of(KEY))), 30).json());
        assertThat(read(other)).isPresent();

        other.put(member, value.matches("[0-9]+") ? Long.valueOf(value) : value);

        assertThat(read(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Board", "b.", "abcdefghijklmnopqrstuvwxyz0123456"})
    void aGroupHasASafeName(String name) {
        assertThatCode(() -> new Group("abcdefghijklmnopqrstuvwxyz-12345", 1, Set.of(KEY)))
                .doesNotThrowAnyException();

        refused(() -> new Group(name, 1, Set.of(KEY)));
    }

    @Test
    void somebodyOfAGroupMustSignWithAKey() {
        refused(() -> new Group("board", 0, Set.of(KEY)));
        refused(() -> new Group("board", 1, Set.of(KEY, "a".repeat(63))));
    }

    @Test
    void asManyDaysAsAnApprovalMayLast() {
        assertThat(days(1).days()).isEqualTo(1);
        assertThat(days(90).days()).isEqualTo(90);

        refused(() -> days(0));
        refused(() -> days(91));
    }

    /** However they are spread: a report has a bound, and so does whoever reads it. */
    @Test
    void groupsAndKeysAreAsManyAsTwicePeopleOfAPolicy() {
        assertThat(groups(64, 1).groups()).hasSize(64);
        assertThat(groups(1, 127).groups()).hasSize(1);

        refused(() -> groups(43, 2));
        refused(() -> groups(1, 128));
    }

    private static ApprovalDemand days(int days) {
        return new ApprovalDemand(true, List.of(), days);
    }

    private static ApprovalDemand groups(int number, int keys) {
        Group[] groups = new Group[number];
        Arrays.fill(groups, new Group("board", 1, keys(keys)));
        return new ApprovalDemand(true, List.of(groups), 30);
    }

    private static Set<String> keys(int number) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < number; i++) {
            keys.add(String.format("%064x", i));
        }
        return keys;
    }

    private static Optional<ApprovalDemand> read(Map<String, Object> json) throws MalformedJson {
        return ApprovalDemand.read(JsonObject.parse(JsonText.bytes(json)));
    }

    private static void refused(ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call);
    }
}
