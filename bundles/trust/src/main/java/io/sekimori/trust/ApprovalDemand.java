package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an {@link ApprovalPolicy} demands, as its gateway tells of it in its signed report: by the ids of keys, so that a
 * console can say who is still missing. It judges nothing. Immutable.
 *
 * @param readable whether the gateway can read its policy; if not, it takes nothing
 * @param groups   all of which must agree; empty if nobody has to approve anything
 * @param days     for how many days approvals count at most
 */
public record ApprovalDemand(boolean readable, List<Group> groups, int days) {

    /** Nobody has to approve anything. */
    public static final ApprovalDemand NOTHING = new ApprovalDemand(true, List.of(), (int) Approval.LONGEST.toDays());

    /** Nobody knows, so nothing is taken. */
    public static final ApprovalDemand UNREADABLE =
            new ApprovalDemand(false, List.of(), (int) Approval.LONGEST.toDays());

    private static final int MOST = 64;

    /**
     * People who decide together.
     *
     * @param name      1 to 32 of {@code a-z 0-9 -}
     * @param threshold how many of the keys must have signed
     * @param keyIds    of their keys
     */
    public record Group(String name, long threshold, Set<String> keyIds) {

        /** @throws IllegalArgumentException if a part is malformed */
        public Group {
            Names.require(name.matches("[a-z0-9-]{1,32}"), "a group is called by 1 to 32 of a-z 0-9 -");
            Names.require(threshold >= 1, "threshold is below 1");
            keyIds = Set.copyOf(keyIds);
            keyIds.forEach(Names::requireSha256);
        }
    }

    /** @throws IllegalArgumentException if a part is malformed or there are too many */
    public ApprovalDemand {
        groups = List.copyOf(groups);
        Names.require(
                groups.stream().mapToInt(group -> 1 + group.keyIds().size()).sum() <= 2 * MOST, "too many groups");
        Names.require(days >= 1 && days <= Approval.LONGEST.toDays(), "days must be 1 to 90");
    }

    /** What a policy demands. */
    public static ApprovalDemand of(ApprovalPolicy policy) {
        return new ApprovalDemand(
                true,
                policy.groups().stream()
                        .map(group -> new Group(
                                group.name(),
                                group.keys().threshold(),
                                group.keys().keys().keySet()))
                        .toList(),
                (int) policy.longest().toDays());
    }

    Map<String, Object> json() {
        return Map.of(
                "readable",
                readable,
                "days",
                (long) days,
                "groups",
                groups.stream()
                        .map(group -> Map.of(
                                "name",
                                group.name(),
                                "threshold",
                                group.threshold(),
                                "keys",
                                List.copyOf(new TreeSet<>(group.keyIds()))))
                        .toList());
    }

    /** Empty if it is of a form that is not known here: a later unit is still heard, and what it demands is not known. */
    static Optional<ApprovalDemand> read(JsonObject json) {
        try {
            List<Group> groups = new ArrayList<>();
            for (JsonObject group : json.objects("groups")) {
                groups.add(
                        new Group(group.string("name"), group.number("threshold"), Set.copyOf(group.strings("keys"))));
            }
            return Optional.of(new ApprovalDemand(json.bool("readable"), groups, Math.toIntExact(json.number("days"))));
        } catch (MalformedJson | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
