package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What people took back, as one gateway has seen it. It is kept there, so that who brings an approval again later, and leaves
 * out what took it back, is not believed. No clock makes any of it go: a console may say what time it is. Immutable.
 *
 * <p>Bounded all the same. Where one key took back more than {@value #MOST_CONTENTS} contents, the oldest become one date,
 * until which nothing counts that this key approved; approvals of that age are over anyway. Keys that the policy of today
 * does not list are forgotten where there are more than {@value #MOST_KEYS}.
 */
public final class Withdrawals {

    /** The name of the file among the data of the update engine. */
    public static final String FILE = "withdrawals.json";

    /** The longest file. */
    public static final int MAX_BYTES = 1 << 20;

    /** None at all. */
    public static final Withdrawals NONE = new Withdrawals(Map.of());

    static final int MOST_CONTENTS = 32;
    static final int MOST_KEYS = 128;

    private static final long FORMAT = 1;
    private static final String ALL = "all";
    private static final String CONTENTS = "contents";

    /** By the digest of what makes a key itself, see {@link TufKey#identity}: by content, or {@value #ALL}. */
    private final Map<String, Map<String, Instant>> keys;

    private Withdrawals(Map<String, Map<String, Instant>> keys) {
        this.keys = keys;
    }

    /** These and those that came with approvals, as far as a key of the policy signed them. */
    public Withdrawals with(ApprovalPolicy policy, Approvals brought) {
        if (brought.withdrawals().isEmpty()) {
            return this;
        }
        Map<String, Map<String, Instant>> more = new TreeMap<>();
        keys.forEach((key, dates) -> more.put(key, new TreeMap<>(dates)));
        for (SignedWithdrawal signed : brought.withdrawals()) {
            for (ApprovalPolicy.Group group : policy.groups()) {
                for (String identity : group.keys().identities(signed.envelope())) {
                    add(more.computeIfAbsent(name(identity), first -> new TreeMap<>()), signed.withdrawal());
                }
            }
        }
        if (more.size() > MOST_KEYS) {
            more.keySet().retainAll(listed(policy));
        }
        return new Withdrawals(more);
    }

    private static void add(Map<String, Instant> dates, Withdrawal withdrawal) {
        dates.merge(withdrawal.content(), withdrawal.issued(), Withdrawals::later);
        while (dates.size() - (dates.containsKey(ALL) ? 1 : 0) > MOST_CONTENTS) {
            Map.Entry<String, Instant> oldest = Collections.min(
                    dates.entrySet().stream()
                            .filter(each -> !each.getKey().equals(ALL))
                            .toList(),
                    Map.Entry.comparingByValue());
            dates.remove(oldest.getKey());
            dates.merge(ALL, oldest.getValue(), Withdrawals::later);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Set<String> listed(ApprovalPolicy policy) {
        Set<String> listed = new HashSet<>();
        for (ApprovalPolicy.Group group : policy.groups()) {
            group.keys().keys().values().forEach(key -> listed.add(name(key.identity())));
        }
        return listed;
    }

    private static String name(String identity) {
        return Sha256.hex(identity.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What one key took back of one content.
     *
     * @param group of the key by the policy; empty if it is in none
     * @param keyId of the key; where it is in no group, the digest of the key itself
     * @param content digest of the content; empty for all contents
     * @param until approvals up to then do not count
     */
    public record Remembered(String group, String keyId, String content, Instant until) {}

    /** All of it for people, the latest first. */
    public List<Remembered> remembered(ApprovalPolicy policy) {
        List<Remembered> all = new ArrayList<>();
        keys.forEach((key, dates) -> dates.forEach((content, until) -> {
            Remembered unknown = new Remembered("", key, content.equals(ALL) ? "" : content, until);
            all.add(named(policy, key)
                    .map(found -> new Remembered(found.group(), found.keyId(), unknown.content(), until))
                    .orElse(unknown));
        }));
        all.sort(Comparator.comparing(Remembered::until).reversed());
        return List.copyOf(all);
    }

    private static Optional<Remembered> named(ApprovalPolicy policy, String key) {
        for (ApprovalPolicy.Group group : policy.groups()) {
            for (TufKey each : group.keys().keys().values()) {
                if (name(each.identity()).equals(key)) {
                    return Optional.of(new Remembered(group.name(), each.keyId(), "", Instant.EPOCH));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the key with this identity took back what it approved of this content at that time. */
    boolean holds(String identity, Approval approval) {
        Map<String, Instant> dates = keys.getOrDefault(name(identity), Map.of());
        return List.of(ALL, approval.content()).stream()
                .flatMap(each -> Optional.ofNullable(dates.get(each)).stream())
                .anyMatch(until -> !approval.issued().isAfter(until));
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws MalformedJson if it is nothing of that kind
     */
    public static Withdrawals parse(byte[] file) throws MalformedJson {
        JsonObject json = JsonObject.parse(file, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        Map<String, Map<String, Instant>> keys = new TreeMap<>();
        JsonObject listed = json.object("keys");
        for (String key : listed.names()) {
            JsonObject one = listed.object(key);
            JsonObject contents = one.object(CONTENTS);
            Map<String, Instant> dates = new TreeMap<>();
            for (String content : contents.names()) {
                dates.put(content, TufTime.parse(contents, content));
            }
            if (one.has(ALL)) {
                dates.put(ALL, TufTime.parse(one, ALL));
            }
            keys.put(key, dates);
        }
        return new Withdrawals(keys);
    }

    /** The file that {@link #parse} reads. */
    public byte[] bytes() {
        Map<String, Object> listed = new TreeMap<>();
        keys.forEach((key, dates) -> {
            Map<String, Object> contents = new TreeMap<>();
            dates.forEach((content, date) -> contents.put(content, TufTime.format(date)));
            Map<String, Object> one = new TreeMap<>();
            Optional.ofNullable(contents.remove(ALL)).ifPresent(date -> one.put(ALL, date));
            one.put(CONTENTS, contents);
            listed.put(key, one);
        });
        return JsonText.bytes(Map.of("format", FORMAT, "keys", listed));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Withdrawals withdrawals && keys.equals(withdrawals.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "Withdrawals" + keys;
    }
}
