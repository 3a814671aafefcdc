package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who must approve what a gateway is assigned: groups of people's keys, of each of which so many must have signed an
 * {@link Approval}. It is a trust root of the unit: what a director signs does not change it. Immutable.
 *
 * <p>One person is one key in one group: a key that stands in two groups, or twice in one under whatever ids, makes no
 * policy. Keys of unknown schemes, and thresholds that cannot be reached, make none either.
 *
 * @param groups  1 to 16, all of which must agree
 * @param longest for how long after its signing an approval counts, whatever it says itself: 1 to 90 days
 */
public record ApprovalPolicy(List<Group> groups, Duration longest) {

    /** The name of the file among the trust roots of a unit. */
    public static final String FILE = "approvals.json";

    /** The longest policy. */
    public static final int MAX_BYTES = 256 << 10;

    private static final long FORMAT = 1;
    private static final int MAX_GROUPS = 16;
    private static final int MAX_KEYS = 64;

    /**
     * People who decide together.
     *
     * @param name 1 to 32 of {@code a-z 0-9 -}
     * @param keys theirs, and how many of them must sign
     */
    public record Group(String name, RoleKeys keys) {
        public Group {
            Names.require(name.matches("[a-z0-9-]{1,32}"), "a group is called by 1 to 32 of a-z 0-9 -");
        }
    }

    /** @throws IllegalArgumentException if it is no policy that anybody could meet, or one that counts somebody twice */
    public ApprovalPolicy {
        groups = List.copyOf(groups);
        Names.require(!groups.isEmpty() && groups.size() <= MAX_GROUPS, "there are 1 to " + MAX_GROUPS + " groups");
        Names.require(
                longest.compareTo(Duration.ofDays(1)) >= 0 && longest.compareTo(Approval.LONGEST) <= 0,
                "days must be 1 to " + Approval.LONGEST.toDays());
        Set<String> names = new HashSet<>();
        Set<String> known = new HashSet<>();
        for (Group group : groups) {
            Names.require(names.add(group.name()), "the group " + group.name() + " is there twice");
            for (TufKey key : group.keys().keys().values()) {
                Names.require(key.usable(), "the key " + key.keyId() + " cannot be used here");
                Names.require(known.add(key.identity()), "the key " + key.keyId() + " is there twice");
            }
            Names.require(
                    group.keys().threshold() <= group.keys().keys().size(),
                    "the group " + group.name() + " needs more signatures than it has keys");
        }
        Names.require(known.size() <= MAX_KEYS, "there are more than " + MAX_KEYS + " keys");
    }

    /** @throws TrustException {@link TrustCode#APPROVAL_POLICY_BROKEN} if it is no policy */
    public static ApprovalPolicy parse(byte[] file) throws TrustException {
        try {
            JsonObject json = JsonObject.parse(file, MAX_BYTES);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("format is not " + FORMAT);
            }
            List<Group> groups = new ArrayList<>();
            for (JsonObject group : json.objects("groups")) {
                groups.add(group(group));
            }
            long days = json.optionalNumber("days").orElse(Approval.LONGEST.toDays());
            Names.require(days >= 1 && days <= Approval.LONGEST.toDays(), "days must be 1 to 90");
            return new ApprovalPolicy(groups, Duration.ofDays(days));
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.APPROVAL_POLICY_BROKEN, "the policy of approvals: " + e.getMessage(), e);
        }
    }

    /**
     * The policy in a file; empty only if there is no such file, since what cannot be looked at may be a demand.
     *
     * @throws TrustException {@link TrustCode#APPROVAL_POLICY_BROKEN} if it cannot be read
     */
    public static Optional<ApprovalPolicy> read(Path file) throws TrustException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken(file, e);
        }
        try {
            return Optional.of(parse(DurableFile.read(file, MAX_BYTES)
                    .orElseThrow(() -> new NoSuchFileException(file.toString(), null, "it leads nowhere"))));
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static TrustException broken(Path file, IOException cause) {
        return new TrustException(TrustCode.APPROVAL_POLICY_BROKEN, file.getFileName() + ": " + cause, cause);
    }

    private static Group group(JsonObject json) throws MalformedJson {
        Map<String, TufKey> keys = new LinkedHashMap<>();
        for (JsonObject listed : json.objects("keys")) {
            TufKey key = TufKey.parse(listed);
            // Whoever signs names the key by the hash of these members alone.
            if (!key.json().equals(listed.asMap()) || keys.put(key.keyId(), key) != null) {
                throw new MalformedJson("the key " + key.keyId() + " is there twice, or has members it must not have");
            }
        }
        return new Group(json.string("name"), new RoleKeys(keys, json.number("threshold")));
    }

    /** The file that {@link #parse} reads. */
    public byte[] bytes() {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Group group : groups) {
            List<Map<String, Object>> keys = new TreeMap<>(group.keys().keys())
                    .values().stream().map(TufKey::json).toList();
            listed.add(Map.of("name", group.name(), "threshold", group.keys().threshold(), "keys", keys));
        }
        return JsonText.bytes(Map.of("format", FORMAT, "days", longest.toDays(), "groups", listed));
    }

    /**
     * Why this must not be taken; empty if enough people of every group approved it. Whatever is not a good signature of
     * a listed key, for this and in time, does not count and does no harm.
     *
     * @param device SHA-256 of this gateway's public key, hex
     * @param now    the time to judge the end of approvals by
     */
    Optional<Refusal> judge(ApprovedContent content, String device, Approvals approvals, Instant now) {
        return judge(content, device, approvals, Withdrawals.NONE, now);
    }

    private Optional<Refusal> judge(
            ApprovedContent content, String device, Approvals approvals, Withdrawals seen, Instant now) {
        return new ApprovalTally(this, content.digest(), device, seen.with(this, approvals), now).judge(approvals);
    }

    /**
     * Why this must not be taken by the gateway that it is for; empty if enough people of every group approved it. Whatever
     * is not a good signature of a listed key, for this and in time, or was taken back, does not count and does no harm.
     *
     * @param seen what the gateway knows to have been taken back, beside what came with the approvals
     * @param now the time to judge the end of approvals by; the assignment's date where that is later, since a clock that
     *     stands before what the director signed is wrong
     */
    public Optional<Refusal> judge(Assignment assignment, Approvals approvals, Withdrawals seen, Instant now) {
        Instant then = now.isBefore(assignment.issued()) ? assignment.issued() : now;
        return judge(ApprovedContent.of(assignment), assignment.device(), approvals, seen, then);
    }
}
