package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What people are asked to approve, as it goes to them in a file: whole contents, so that each sees what is signed, where
 * no console is. Vouches for nothing. Immutable.
 *
 * @param entries one for each content that any gateway would have
 */
public record ApprovalRequest(List<Entry> entries) {

    /** The longest request. */
    public static final int MAX_BYTES = JsonObject.MAX_BYTES;

    private static final long FORMAT = 1;
    private static final int MOST = 128;

    /**
     * One content.
     *
     * @param gateways how many gateways would have it
     * @param devices  SHA-256 of their public keys, hex; empty if they are more than one approval can name
     */
    public record Entry(ApprovedContent content, int gateways, Set<String> devices) {
        public Entry {
            devices = Set.copyOf(devices);
            devices.forEach(Names::requireSha256);
        }
    }

    /** @throws IllegalArgumentException if there are too many entries */
    public ApprovalRequest {
        entries = List.copyOf(entries);
        Names.require(entries.size() <= MOST, "more than " + MOST + " contents");
    }

    /**
     * Reads a request.
     *
     * @throws TrustException {@link TrustCode#APPROVALS_BROKEN} if it is none, {@link TrustCode#HASH_UNSUPPORTED} if an item
     *     of a content has no hash that is known here
     */
    public static ApprovalRequest parse(byte[] file) throws TrustException {
        try {
            JsonObject json = JsonObject.parse(file, MAX_BYTES);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("format is not " + FORMAT);
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonObject entry : json.objects("contents")) {
                entries.add(new Entry(
                        ApprovedContent.read(entry.object("content")),
                        Math.toIntExact(entry.number("gateways")),
                        Set.copyOf(entry.strings("devices"))));
            }
            return new ApprovalRequest(entries);
        } catch (MalformedJson | IllegalArgumentException | ArithmeticException e) {
            throw new TrustException(TrustCode.APPROVALS_BROKEN, "the request: " + e.getMessage(), e);
        }
    }

    /** The file that {@link #parse} reads. */
    public byte[] bytes() {
        return JsonText.bytes(json());
    }

    /** As a document. */
    public Map<String, Object> json() {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Entry entry : entries) {
            listed.add(new TreeMap<>(Map.of(
                    "content", entry.content().json(),
                    "gateways", (long) entry.gateways(),
                    "devices", List.copyOf(new TreeSet<>(entry.devices())))));
        }
        return Map.of("format", FORMAT, "contents", listed);
    }
}
