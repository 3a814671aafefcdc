package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a file to be signed says, in lines for people: all that gateways act on. Whoever signs a list of releases signs their
 * bytes, floors and models, and to whom names are handed on; whoever signs a root signs how many keys must agree.
 */
final class SignedContent {

    private SignedContent() {}

    /** Each role of a root, with how many of which keys must agree. */
    static List<String> root(Envelope envelope) throws MalformedJson {
        List<String> lines = new ArrayList<>();
        JsonObject roles = envelope.signed.object("roles");
        for (String name : roles.names().stream().sorted().toList()) {
            JsonObject role = roles.object(name);
            lines.add(name + " " + role.number("threshold") + " of " + role.strings("keyids"));
        }
        return lines;
    }

    /** Each release, then who else may release what, and until when updates come. */
    static List<String> targets(Envelope envelope) throws TrustException, MalformedJson {
        List<String> lines = new ArrayList<>();
        JsonObject targets = envelope.signed.object("targets");
        for (String path : targets.names().stream().sorted().toList()) {
            JsonObject target = targets.object(path);
            if (target.has("custom")) {
                lines.addAll(release(ReleaseJson.read(path, target)));
            } else {
                lines.add(path + hashes(target));
            }
        }
        Delegations.of(envelope).forEach(delegation -> lines.add(delegation(delegation)));
        SupportPeriod.of(envelope.signed).ends().entrySet().stream()
                .map(end -> "support of " + end.getKey() + " until " + end.getValue())
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static List<String> release(Release release) {
        StringBuilder line =
                new StringBuilder(release.path()).append(" counter ").append(release.counter());
        if (release.floor() > 0) {
            line.append(" floor ").append(release.floor());
        }
        if (release.hardFloor() > 0) {
            line.append(" hard floor ").append(release.hardFloor());
        }
        line.append(' ').append(release.swap().word());
        if (!release.models().isEmpty()) {
            line.append(" for ").append(release.models());
        }
        line.append(' ').append(release.sha256());
        return Stream.concat(
                        Stream.of(line.toString()),
                        release.remedy().stream()
                                .flatMap(remedy -> Stream.of(remedy.english(), remedy.japanese()))
                                .filter(words -> !words.isEmpty())
                                .map(words -> "  " + words))
                .toList();
    }

    private static String hashes(JsonObject target) throws MalformedJson {
        StringBuilder text = new StringBuilder();
        if (target.has("hashes")) {
            JsonObject hashes = target.object("hashes");
            for (String algorithm : hashes.names().stream().sorted().toList()) {
                text.append(' ').append(algorithm).append(' ').append(hashes.string(algorithm));
            }
        }
        return text.toString();
    }

    private static String delegation(Delegation delegation) {
        List<String> names = delegation.paths().isEmpty()
                ? delegation.hashPrefixes()
                : delegation.paths().stream().map(PathPattern::text).toList();
        return "delegates " + names + " to " + delegation.role() + ", "
                + delegation.keys().threshold() + " of "
                + delegation.keys().keys().keySet().stream().sorted().toList()
                + (delegation.terminating() ? ", terminating" : "");
    }
}
