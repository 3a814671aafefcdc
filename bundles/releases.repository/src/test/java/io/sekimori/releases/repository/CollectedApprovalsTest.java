package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.records.Records;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.Changes;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Withdrawal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** What people approve is collected and handed to the gateways that it is for, on both databases. */
class CollectedApprovalsTest {

    private static final String OTTO = "person:otto";
    private static final String ONE = Console.device(1);
    private static final String TWO = Console.device(2);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path work;

    private final SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
    private final SigningKey bob = SigningKey.generate(KeyType.ED25519, new SecureRandom());
    private Console console;
    private CollectedApprovals approvals;
    private GatewayApprovals gateways;
    private Tables tables;
    private String content;

    @OnBothDatabases
    void gatewaysThatAreToRunTheSameHaveOneContent(Consoles consoles) throws Exception {
        begin(consoles);

        List<AwaitedContent> contents = approvals.contents(List.of(ONE, TWO, Console.device(3)));

        assertThat(contents).hasSize(1);
        assertThat(contents.get(0).devices()).containsExactly(ONE, TWO);
        // What the digest is of is there whole, so that people can look at it elsewhere.
        ApprovedContent read = ApprovedContent.read(
                JsonObject.parse(JsonText.bytes(contents.get(0).document())));
        assertThat(read.digest()).isEqualTo(content);
        assertThat(contents.get(0).approvals()).isEmpty();
    }

    @OnBothDatabases
    void whatIsApprovedIsHandedToItsGatewaysUntilItIsOver(Consoles consoles) throws Exception {
        begin(consoles);
        assertThat(gateways.of(ONE)).isEmpty();

        assertThat(offer(signed(Set.of(), ann))).isEqualTo(new ImportAnswer.Taken(true));
        byte[] forOne = signed(Set.of(ONE), bob);
        assertThat(offer(forOne)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(offer(forOne)).isEqualTo(new ImportAnswer.Taken(false));

        assertThat(given(ONE)).containsExactlyInAnyOrder(key(ann), key(bob));
        assertThat(given(TWO)).containsExactly(key(ann));
        assertThat(gateways.of(Console.device(3))).isEmpty();
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals())
                .extracting(each -> each.keyIds() + " " + each.devices().size() + " " + each.actor())
                .containsExactlyInAnyOrder("[" + key(ann) + "] 0 " + OTTO, "[" + key(bob) + "] 1 " + OTTO);
        assertThat(console.audited)
                .anyMatch(entry -> entry.action().equals("director.approve")
                        && entry.subject().equals("content " + content));

        console.time.pass(WEEK);
        assertThat(gateways.of(ONE)).isEmpty();
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals()).isEmpty();
    }

    @OnBothDatabases
    void whatNoGatewayWouldCountIsRefusedAtOnce(Consoles consoles) throws Exception {
        begin(consoles);
        Instant now = console.time.now;

        assertThat(refusal(file(new Approval("0".repeat(64), Set.of(), now, now.plus(WEEK)), ann)))
                .isEqualTo("APPROVAL_OF_OTHER");
        assertThat(refusal(file(new Approval(content, Set.of(), now.minus(WEEK), now), ann)))
                .isEqualTo("APPROVAL_NOT_NOW");
        assertThat(refusal(file(
                        new Approval(
                                content,
                                Set.of(),
                                now.plus(WEEK),
                                now.plus(WEEK).plus(WEEK)),
                        ann)))
                .isEqualTo("APPROVAL_NOT_NOW");
        byte[] good = signed(Set.of(), ann);
        assertThat(refusal(new String(good, StandardCharsets.UTF_8)
                        .replace("\"all\"", "\"" + ONE + "\"")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("APPROVAL_UNVERIFIED");
        assertThat(refusal(new Approvals(List.of(), 0).bytes())).isEqualTo("APPROVAL_UNVERIFIED");
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_8))).isEqualTo("APPROVALS_BROKEN");
        assertThat(gateways.of(ONE)).isEmpty();
        approvals.audit = null;
        assertThat(refusal(good)).isEqualTo("AUDIT_UNAVAILABLE");
        assertThat(gateways.of(ONE)).isEmpty();
    }

    @OnBothDatabases
    void whoHandsInManyKeepsNobodyElseFromIt(Consoles consoles) throws Exception {
        begin(consoles);
        List<SignedApproval> many = new ArrayList<>();
        for (int i = 0; i < Approvals.MOST; i++) {
            SigningKey thrownAway = SigningKey.generate(KeyType.ED25519, new SecureRandom());
            Approval approval = new Approval(content, Set.of(), console.time.now, console.time.now.plus(WEEK));
            many.add(SignedApproval.sign(approval, List.of(thrownAway)));
        }

        assertThat(approvals.offer(signed(Set.of(), ann), Set.of(content), "person:olga 192.0.2.1"))
                .isEqualTo(new ImportAnswer.Taken(true));
        console.time.pass(Duration.ofMinutes(1));
        assertThat(offer(new Approvals(many, 0).bytes())).isEqualTo(new ImportAnswer.Taken(true));

        assertThat(refusal(signed(Set.of(ONE), bob))).isEqualTo("APPROVALS_TOO_MANY");
        assertThat(given(ONE)).hasSize(Approvals.MOST).contains(key(ann));
        assertThat(approvals.offer(signed(Set.of(ONE), bob), Set.of(content), "person:olga 192.0.2.2"))
                .isEqualTo(new ImportAnswer.Taken(true));
        assertThat(given(ONE)).hasSize(Approvals.MOST).contains(key(ann), key(bob));
        console.time.pass(WEEK.plusHours(1));
        assertThat(offer(signed(Set.of(ONE), bob))).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(given(ONE)).containsExactly(key(bob));
    }

    @OnBothDatabases
    void theNewestOfAPersonForTheSameGatewaysReplacesTheOthers(Consoles consoles) throws Exception {
        begin(consoles);
        byte[] first = signed(Set.of(), ann);
        offer(first);
        console.time.pass(Duration.ofDays(1));

        assertThat(offer(signed(Set.of(), ann))).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(offer(first)).isEqualTo(new ImportAnswer.Taken(false));

        assertThat(given(ONE)).containsExactly(key(ann));
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals())
                .singleElement()
                .satisfies(each -> assertThat(each.issued()).isEqualTo(console.time.now));
    }

    @OnBothDatabases
    void longListsOfOtherGatewaysTakeNoRoomFromThisOne(Consoles consoles) throws Exception {
        begin(consoles);
        offer(signed(Set.of(ONE), ann));
        for (int wave = 0; wave < 9; wave++) {
            console.time.pass(Duration.ofMinutes(1));
            Set<String> others = new HashSet<>();
            for (int i = 0; i < Approval.MAX_DEVICES; i++) {
                others.add(Console.device(10_000 * (wave + 1) + i));
            }
            assertThat(offer(signed(others, ann))).isEqualTo(new ImportAnswer.Taken(true));
        }

        assertThat(given(ONE)).containsExactly(key(ann));
        assertThat(gateways.of(TWO)).isEmpty();
    }

    @OnBothDatabases
    void whatWasTakenBackIsToldAndHandedToGateways(Consoles consoles) throws Exception {
        begin(consoles);
        offer(signed(Set.of(), ann));
        offer(signed(Set.of(), bob));

        assertThat(offer(withdrawn(content, ann))).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(offer(withdrawn(content, ann))).isEqualTo(new ImportAnswer.Taken(false));

        Approvals handed = Approvals.parse(gateways.of(ONE).orElseThrow());
        assertThat(handed.entries()).hasSize(2);
        assertThat(handed.withdrawals())
                .singleElement()
                .satisfies(one -> assertThat(one.verified()).containsExactly(key(ann)));
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals())
                .extracting(each -> each.keyIds() + " " + each.withdrawn())
                .containsExactlyInAnyOrder("[" + key(ann) + "] [" + key(ann) + "]", "[" + key(bob) + "] []");
        assertThat(console.audited).anyMatch(entry -> entry.action().equals("director.withdraw"));
        console.time.pass(Duration.ofSeconds(1));
        offer(signed(Set.of(), ann));
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals())
                .allMatch(each -> each.withdrawn().isEmpty());
        // It matters for as long as something could be in time that it takes back.
        console.time.pass(Duration.ofDays(89));
        assertThat(Approvals.parse(gateways.of(TWO).orElseThrow()).withdrawals())
                .hasSize(1);
        console.time.pass(Duration.ofDays(1));
        assertThat(gateways.of(TWO)).isEmpty();
    }

    @OnBothDatabases
    void whatNobodyWaitsWithAnyMoreIsTakenBackAllTheSame(Consoles consoles) throws Exception {
        begin(consoles);
        offer(signed(Set.of(), ann));

        assertThat(approvals.offer(withdrawn(content, ann), Set.of(), OTTO)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(refusal(new Approvals(
                                List.of(),
                                List.of(SignedWithdrawal.sign(
                                        new Withdrawal(content, console.time.now.plus(WEEK)), List.of(bob))),
                                0)
                        .bytes()))
                .isEqualTo("APPROVAL_NOT_NOW");
        assertThat(refusal(new String(withdrawn("0".repeat(64), bob), StandardCharsets.UTF_8)
                        .replace("0".repeat(64), content)
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("APPROVAL_UNVERIFIED");
    }

    /** An approval that never came here may be brought to a gateway another way, some day. */
    @OnBothDatabases
    void whatThisConsoleNeverSawIsTakenBackAndHandedToGateways(Consoles consoles) throws Exception {
        begin(consoles);

        assertThat(offer(withdrawn("0".repeat(64), ann))).isEqualTo(new ImportAnswer.Taken(true));

        for (String device : List.of(ONE, TWO)) {
            assertThat(Approvals.parse(gateways.of(device).orElseThrow()).withdrawals())
                    .extracting(each -> each.withdrawal().content())
                    .containsExactly("0".repeat(64));
        }
    }

    @OnBothDatabases
    void whoTakesBackManyUnseenKeepsNobodyElseFromIt(Consoles consoles) throws Exception {
        begin(consoles);
        SigningKey thrownAway = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        List<SignedWithdrawal> many = new ArrayList<>();
        for (int i = 0; i < CollectedApprovals.MOST_UNSEEN; i++) {
            Withdrawal one = new Withdrawal(String.format("%064x", i), console.time.now);
            many.add(SignedWithdrawal.sign(one, List.of(thrownAway)));
        }
        byte[] all = new Approvals(List.of(), many, 0).bytes();

        assertThat(offer(all)).isEqualTo(new ImportAnswer.Taken(true));

        assertThat(refusal(withdrawn("f".repeat(64), ann))).isEqualTo("APPROVALS_TOO_MANY");
        assertThat(offer(new Approvals(List.of(), many.subList(0, 1), 0).bytes()))
                .as("again")
                .isEqualTo(new ImportAnswer.Taken(false));
        assertThat(approvals.offer(withdrawn("f".repeat(64), ann), Set.of(), "person:olga 192.0.2.1"))
                .isEqualTo(new ImportAnswer.Taken(true));
        offer(signed(Set.of(), ann));
        assertThat(offer(withdrawn(content, ann)))
                .as("of what was approved here")
                .isEqualTo(new ImportAnswer.Taken(true));
        assertThat(Approvals.parse(gateways.of(ONE).orElseThrow()).withdrawals())
                .extracting(each -> each.withdrawal().content())
                .contains("f".repeat(64), content);
    }

    @OnBothDatabases
    void whatIsTooLongToBeToldIsRefusedAndNotHalfTold(Consoles consoles) throws Exception {
        begin(consoles);
        int bare = JsonText.bytes(approvals.contents(List.of(ONE)).get(0).document()).length;
        CollectedApprovals narrow = console.approvals(approvals.records, 3 * bare);
        List<byte[]> signedSoFar = new ArrayList<>();
        assertThat(narrow.contents(List.of(ONE, TWO))).hasSize(1);
        while (sum(signedSoFar) < 3 * bare) {
            SigningKey thrownAway = SigningKey.generate(KeyType.ED25519, new SecureRandom());
            byte[] one = signed(Set.of(), thrownAway);
            signedSoFar.add(one);
            offer(one);
        }

        assertThatExceptionOfType(ReleasesException.class)
                .isThrownBy(() -> narrow.contents(List.of(ONE, TWO)))
                .withMessageContaining("the first 1 of 1 contents have ")
                .satisfies(e -> assertThat(e.code()).contains(ReleasesCode.CONTENTS_TOO_LONG));
        assertThat(narrow.awaited(List.of(ONE, TWO, Console.device(3)))).containsExactly(content);
        assertThat(approvals.contents(List.of(ONE)).get(0).approvals()).hasSameSizeAs(signedSoFar);
    }

    @OnBothDatabases
    void whatIsPaddedIsRefusedAndPushesNothingOut(Consoles consoles) throws Exception {
        begin(consoles);
        assertThat(refusal(padded(withdrawn(content, bob), "withdrawals", 200))).isEqualTo("APPROVAL_TOO_LONG");
        assertThat(refusal(padded(signed(Set.of(), bob), "approvals", 200))).isEqualTo("APPROVAL_TOO_LONG");
        List<Signer> many = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            many.add(SigningKey.generate(KeyType.ED25519, new SecureRandom()));
        }
        assertThat(refusal(new Approvals(
                                List.of(),
                                List.of(SignedWithdrawal.sign(new Withdrawal(content, console.time.now), many)),
                                0)
                        .bytes()))
                .isEqualTo("APPROVAL_TOO_LONG");
        offer(withdrawn(content, ann));
        offer(withdrawn(content, bob));
        // As the records may have had them before they were refused.
        SigningKey thrownAway = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        Approvals padded = Approvals.parse(padded(withdrawn(content, thrownAway), "withdrawals", 2_000));
        tables.write(connection -> new WithdrawalRow(
                        padded.withdrawals().get(0), console.time.now.plusSeconds(1), "person:olga 192.0.2.1")
                .keep(connection));

        assertThat(Approvals.parse(gateways.of(ONE).orElseThrow()).withdrawals())
                .extracting(each -> String.join(" ", each.signers()))
                .containsExactlyInAnyOrder(key(ann), key(bob));
    }

    @OnBothDatabases
    void noGatewayReadsMoreThanItsShareAndEverybodyHasOne(Consoles consoles) throws Exception {
        begin(consoles);
        offer(withdrawn(content, ann));
        byte[] others = withdrawn("0".repeat(64), bob);
        tables.write(connection -> new WithdrawalRow(
                        parsed(others), console.time.now.minusSeconds(60), "person:rita 192.0.2.2")
                .keep(connection));
        List<WithdrawalRow> flood = new ArrayList<>();
        for (int i = 0; i < 280; i++) {
            SignedWithdrawal one = parsed(padded(withdrawn(String.format("%064x", i + 1), bob), "withdrawals", 110));
            flood.add(new WithdrawalRow(one, console.time.now, "person:olga 192.0.2." + i));
        }
        assertThat(flood.get(0).bytes()).isBetween(FairShare.MOST_CHARS / 200, OfferedReading.MOST_BYTES);
        tables.write(connection -> {
            for (WithdrawalRow one : flood) {
                one.keep(connection);
            }
            return true;
        });

        List<WithdrawalRow> read = tables.read(connection -> WithdrawalRow.all(connection, content, console.time.now));

        assertThat(read.stream().mapToLong(WithdrawalRow::bytes).sum())
                .isBetween(FairShare.MOST_CHARS / 2L, (long) FairShare.MOST_CHARS);
        assertThat(read.get(0).withdrawal().signers()).containsExactly(key(ann));
        assertThat(read).extracting(HandedIn::person).contains("person:rita", "person:olga");
        assertThat(read).hasSizeLessThan(flood.size());
    }

    private static long sum(List<byte[]> files) {
        return files.stream().mapToLong(file -> file.length).sum();
    }

    private SignedWithdrawal parsed(byte[] file) {
        try {
            return Approvals.parse(file).withdrawals().get(0);
        } catch (TrustException e) {
            throw new AssertionError(e);
        }
    }

    /** With many keys beside it that have signed nothing. */
    @SuppressWarnings("unchecked")
    private static byte[] padded(byte[] file, String what, int times) throws Exception {
        Map<String, Object> json = new HashMap<>(JsonObject.parse(file).asMap());
        Map<String, Object> one = new HashMap<>((Map<String, Object>) ((List<Object>) json.get(what)).get(0));
        List<Object> keys = new ArrayList<>((List<Object>) one.get("keys"));
        for (int i = 0; i < times; i++) {
            keys.add(keys.get(0));
        }
        one.put("keys", keys);
        json.put(what, List.of(one));
        return JsonText.bytes(json);
    }

    private byte[] withdrawn(String of, SigningKey key) throws Exception {
        SignedWithdrawal signed = SignedWithdrawal.sign(new Withdrawal(of, console.time.now), List.of(key));
        return new Approvals(List.of(), List.of(signed), 0).bytes();
    }

    private void begin(Consoles consoles) throws Exception {
        console = new Console(work, consoles.unit());
        Records records = consoles.console();
        console.product();
        console.bring(console.releases(records));
        console.director(records)
                .assign(
                        List.of(
                                new Order(ONE, Console.MODEL, console.report(ONE, 1), Changes.NONE),
                                new Order(TWO, Console.MODEL, console.report(TWO, 7), Changes.NONE)),
                        OTTO);
        approvals = console.approvals(records, CollectedApprovals.MOST_CONTENT_BYTES);
        tables = new Tables(() -> records);
        gateways = new GatewayApprovals(tables, console.time);
        content = approvals.contents(List.of(ONE)).get(0).sha256();
    }

    private ImportAnswer offer(byte[] file) throws Exception {
        return approvals.offer(file, Set.of(content), OTTO);
    }

    private String refusal(byte[] file) throws Exception {
        return ((ImportAnswer.Refused) offer(file)).code();
    }

    private byte[] signed(Set<String> devices, SigningKey key) throws Exception {
        return file(new Approval(content, devices, console.time.now, console.time.now.plus(WEEK)), key);
    }

    private static byte[] file(Approval approval, SigningKey key) throws Exception {
        return new Approvals(List.of(SignedApproval.sign(approval, List.of(key))), 0).bytes();
    }

    private List<String> given(String device) throws Exception {
        return Approvals.parse(gateways.of(device).orElseThrow()).entries().stream()
                .flatMap(each -> each.signers().stream())
                .toList();
    }

    private static String key(SigningKey key) {
        return key.publicKey().keyId();
    }
}
